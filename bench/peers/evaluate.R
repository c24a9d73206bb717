# evaluate.R EVALUATE FOLDER: COINr's Normalise and Aggregate on the evaluation of evaluate.c. Draws matrices and
# weights, compares every score with what EVALUATE makes of them, and only then prints the time of one evaluation.
suppressMessages(library(COINr))
arguments <- commandArgs(trailingOnly = TRUE)
units <- 150; indicators <- 50; pillars <- 10; sub_indices <- 2; count <- 20
set.seed(2008)
codes <- paste0("I", seq_len(indicators))
iMeta <- data.frame(
  iCode = c(codes, paste0("P", seq_len(pillars)), paste0("S", seq_len(sub_indices)), "T"),
  Level = rep(1:4, c(indicators, pillars, sub_indices, 1)),
  Parent = c(paste0("P", rep(seq_len(pillars), each = 5)), paste0("S", rep(seq_len(sub_indices), each = 5)),
             rep("T", sub_indices), NA),
  Direction = 1, Weight = 1, Type = rep(c("Indicator", "Aggregate"), c(indicators, pillars + sub_indices + 1)))
iMeta$Direction[seq_len(indicators)][seq_len(indicators) %% 3 == 0] <- -1

# One evaluation: COINr's objects are made once, each evaluation puts its values and weights into them.
matrices <- lapply(seq_len(count), function(k) matrix(rlnorm(units * indicators), units, dimnames = list(NULL, codes)))
weights <- lapply(seq_len(count), function(k) runif(nrow(iMeta), 0.1, 2))
unit_codes <- sprintf("U%03d", seq_len(units))
coin <- suppressMessages(new_coin(data.frame(uCode = unit_codes, matrices[[1]]), iMeta,
                                  level_names = c("Indicator", "Pillar", "Sub-index", "Index")))
evaluate <- function(k) suppressMessages({
  coin$Data$Raw[codes] <- matrices[[k]]
  x <- Normalise(coin, dset = "Raw", global_specs = list(f_n = "n_minmax", f_n_para = list(l_u = c(0, 100))))
  scores <- Aggregate(x, dset = "Normalised", f_ag = "a_amean", out2 = "df",
                      w = data.frame(iCode = iMeta$iCode, Weight = weights[[k]]))
  scores$T[match(unit_codes, scores$uCode)]
})
save_all <- function(list, name) writeBin(unlist(list), file.path(arguments[2], name), size = 8)
save_all(matrices, "columns")
save_all(weights, "weights")
ours <- as.numeric(system2(arguments[1], c(arguments[2], count), stdout = TRUE))
scores <- readBin(file.path(arguments[2], "entente"), "double", units * count)
gap <- max(abs(unlist(lapply(seq_len(count), evaluate)) - scores))
cat(sprintf("%-44s %12.1e\n", "COINr, largest difference", gap))
if (!(gap <= 1e-10)) stop("COINr and entente differ; nothing is timed")
times <- sapply(seq_len(count), function(k) sum(system.time(evaluate(k))[1:2]))
cat(sprintf("%-44s %12.0f us, %.0f times ours\n", "COINr, an evaluation", 1e6 * median(times), median(times) / ours))
cat(sprintf("%-44s %12.3f us\n", "entente, an evaluation", 1e6 * ours))
