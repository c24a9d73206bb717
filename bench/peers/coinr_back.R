# coinr_back.R OUT: COINr reads the two tables that `entente composite --export` wrote for the example, and builds the
# same coin from them: the way back. Stops where a score differs.
suppressMessages(library(COINr))
out <- file.path(commandArgs(trailingOnly = TRUE)[1], "example", "entente")
iData <- read.csv(file.path(out, "iData.csv"))
iMeta <- read.csv(file.path(out, "iMeta.csv"))
build <- function(iData, iMeta) suppressMessages({
  coin <- Denominate(new_coin(iData, iMeta, level_names = c("Indicator", "Pillar", "Sub-index", "Index")), dset = "Raw")
  coin <- Impute(coin, dset = "Denominated", f_i = "i_mean_grp", use_group = "EurAsia_group")
  coin <- Screen(coin, dset = "Imputed", dat_thresh = 0.9, unit_screen = "byNA")
  coin <- Normalise(Treat(coin, dset = "Screened"), dset = "Treated")
  get_dset(Aggregate(coin, dset = "Normalised", f_ag = "a_amean"), "Aggregated")
})
theirs <- build(ASEM_iData, ASEM_iMeta)
ours <- build(iData, iMeta)
gap <- max(abs(as.matrix(ours[match(theirs$uCode, ours$uCode), setdiff(names(theirs), "uCode")]) -
               as.matrix(theirs[setdiff(names(theirs), "uCode")])))
cat(sprintf("%-44s %12.1e\n", "COINr from the exported tables, difference", gap))
if (!(gap <= 1e-10)) stop("the exported tables make another coin")
