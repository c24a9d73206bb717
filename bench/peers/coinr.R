# coinr.R OUT: what the R package COINr makes of its example, the Asia-Europe (ASEM) portal's data, by each of many
# choices: a folder for each in OUT, with the two tables it began with (iData.csv, iMeta.csv), normalised values,
# scores of all nodes and ranks. Numbers have 17 digits, so that nothing is lost. Nothing of COINr is kept elsewhere.
suppressMessages(library(COINr))
out <- commandArgs(trailingOnly = TRUE)[1]
levels <- c("Indicator", "Pillar", "Sub-index", "Index")

exact <- function(table) {
  as.data.frame(lapply(table, function(x) if (is.numeric(x)) ifelse(is.na(x), "", sprintf("%.17g", x)) else x))
}
write_table <- function(table, case, name) {
  write.csv(exact(table), file.path(out, case, name), row.names = FALSE, na = "", quote = TRUE)
}
indicators <- ASEM_iMeta$iCode[ASEM_iMeta$Type == "Indicator"]
aggregates <- ASEM_iMeta$iCode[ASEM_iMeta$Type == "Aggregate"]
top <- "Index"

# Writes a coin's last two steps. Ranks as COINr gives them: 1 is the best.
keep <- function(case, coin, iData = ASEM_iData, iMeta = ASEM_iMeta, normalised = "Normalised",
                 aggregated = "Aggregated") {
  dir.create(file.path(out, case), recursive = TRUE, showWarnings = FALSE)
  write_table(iData, case, "iData.csv")
  write_table(iMeta, case, "iMeta.csv")
  n <- get_dset(coin, normalised)
  a <- get_dset(coin, aggregated)
  write_table(n, case, "normalised.csv")
  write_table(a[c("uCode", intersect(names(a), aggregates))], case, "scores.csv")
  ranks <- get_results(coin, dset = aggregated, tab_type = "Aggs", use = "ranks", out2 = "df")
  write_table(ranks[c("uCode", top)], case, "ranks.csv")
}

begin <- function(iMeta = ASEM_iMeta) {
  suppressMessages(Denominate(new_coin(ASEM_iData, iMeta, level_names = levels), dset = "Raw"))
}
impute <- function(coin, f = "i_mean_grp", group = if (f == "i_mean_grp") "EurAsia_group") {
  Impute(coin, dset = "Denominated", f_i = f, use_group = group)
}
min_max <- function(coin, dset, l_u = c(0, 100)) {
  Normalise(coin, dset = dset, global_specs = list(f_n = "n_minmax", f_n_para = list(l_u = l_u)))
}
means <- function(coin, ...) suppressMessages(Aggregate(coin, dset = "Normalised", ...))
normalised_by <- function(coin, f, para = NULL) {
  Normalise(coin, dset = "Denominated", global_specs = c(list(f_n = f), if (!is.null(para)) list(f_n_para = para)))
}

# ---- the example ----
example <- build_example_coin(quietly = TRUE)
keep("example", example)
correlations <- cor(get_dset(example, "Aggregated")[c(indicators, aggregates)])
write_table(data.frame(iCode = rownames(correlations), correlations), "example", "correlations.csv")
alpha <- sapply(aggregates, function(code) {
  level <- ASEM_iMeta$Level[ASEM_iMeta$iCode == code]
  get_cronbach(example, dset = "Aggregated", iCodes = code, Level = level - 1)
})
write_table(data.frame(iCode = aggregates, alpha = alpha), "example", "alpha.csv")

# ---- the steps, one at a time ----
keep("missing", means(min_max(begin(), "Denominated")))
keep("present", means(min_max(begin(), "Denominated"), dat_thresh = 0.9))
keep("mean", means(min_max(impute(begin(), "i_mean"), "Imputed")))
keep("median", means(min_max(impute(begin(), "i_median"), "Imputed")))
keep("group_mean", means(min_max(impute(begin()), "Imputed")))
screened <- Screen(begin(), dset = "Denominated", dat_thresh = 0.95, unit_screen = "byNA")
keep("screen", means(min_max(screened, "Screened")))
keep("as_coin_tool", means(min_max(qTreat(begin(), dset = "Denominated"), "Treated")))
keep("winsorise", means(min_max(Treat(begin(), dset = "Denominated", global_specs = list(f2 = NULL)), "Treated")))
never <- function(x, ...) list(Pass = FALSE) # so that each indicator is transformed
shifted_log <- function(x, ...) log_CT(x, na.rm = TRUE)
keep("shifted_log", means(min_max(Treat(begin(), dset = "Denominated", global_specs = list(
  f1 = "shifted_log", f2 = NULL, f_pass = "never")), "Treated")))
keep("z_score", means(normalised_by(begin(), "n_zscore")))
keep("rank", means(normalised_by(begin(), "n_rank", list(ties.method = "average"))))
keep("percentile_rank", means(normalised_by(begin(), "n_prank", list(ties.method = "average"))))
keep("borda", means(normalised_by(begin(), "n_borda", list(ties.method = "average"))))
keep("rank_least", means(normalised_by(begin(), "n_rank"))) # COINr's default for ties
denominated <- get_dset(begin(), "Denominated")
posts <- ASEM_iMeta
posts[c("GoalpostLow", "GoalpostHigh")] <- NA
for (code in indicators) {
  posts[posts$iCode == code, c("GoalpostLow", "GoalpostHigh")] <- quantile(denominated[[code]], c(0.05, 0.95), na.rm = TRUE)
}
posts <- transform(posts, goalpost_lower = GoalpostLow, goalpost_upper = GoalpostHigh,
                   goalpost_scale = 100, goalpost_trunc2posts = TRUE)
keep("goalposts", means(Normalise(begin(posts), dset = "Denominated", global_specs = list(
  f_n = "n_goalposts", f_n_para = "use_iMeta"))), iMeta = posts)

# ---- weights and means ----
weighted <- ASEM_iMeta
has_weight <- !is.na(weighted$Weight)
weighted$Weight[has_weight] <- 1 + (seq_len(sum(has_weight)) %% 5) / 4
keep("weights", means(min_max(begin(weighted), "Denominated")), iMeta = weighted)
positive <- min_max(impute(begin()), "Imputed", c(1, 100))
keep("geometric", means(positive, f_ag = "a_gmean"))
keep("harmonic", means(positive, f_ag = "a_hmean"))
keep("power", means(positive, f_ag = "a_genmean", f_ag_para = list(p = 2)))
keep("mixed", means(positive, f_ag = c("a_gmean", "a_amean", "a_hmean")))
copeland <- function(x, w) a_copeland(X = x, w = w) # Aggregate names its argument otherwise
keep("copeland", means(min_max(impute(begin()), "Imputed"), f_ag = "copeland", by_df = TRUE))

# First principal components, level by level: COINr's weights are the loadings, with their signs; here they are squared.
principal <- min_max(impute(begin()), "Imputed")
principal <- means(principal)
used <- principal$Meta$Weights$Original
loadings <- used
for (level in 1:3) {
  dset <- if (level == 1) "Normalised" else "Aggregated"
  found <- get_PCA(principal, dset = dset, Level = level, by_groups = TRUE, nowarnings = TRUE, out2 = "list")$Weights
  at <- used$Level == level
  loadings$Weight[at] <- found$Weight[match(used$iCode[at], found$iCode)]
  used$Weight[at] <- loadings$Weight[at]^2
  principal <- means(principal, w = used)
}
keep("principal", principal)
write_table(loadings[c("iCode", "Weight")], "principal", "loadings.csv")

# ---- a panel: all years on one scale, as it is, and with holes that the latest earlier year fills ----
keep_panel <- function(case, iData, impute) {
  purse <- suppressMessages(new_coin(iData, ASEM_iMeta, level_names = levels, split_to = "all"))
  purse <- suppressMessages(Denominate(purse, dset = "Raw"))
  if (impute) purse <- Impute(purse, dset = "Denominated", f_i = "impute_panel", f_i_para = list(imp_type = "latest"))
  purse <- Normalise(purse, dset = if (impute) "Imputed" else "Denominated", global = TRUE)
  purse <- suppressMessages(Aggregate(purse, dset = "Normalised"))
  dir.create(file.path(out, case), showWarnings = FALSE)
  write_table(iData, case, "iData.csv")
  write_table(ASEM_iMeta, case, "iMeta.csv")
  write_table(get_dset(purse, "Normalised"), case, "normalised.csv")
  write_table(get_dset(purse, "Aggregated")[c("uCode", "Time", aggregates)], case, "scores.csv")
}
keep_panel("panel", ASEM_iData_p, FALSE)
holes <- ASEM_iData_p
for (j in seq_along(indicators)) {
  holes[[indicators[j]]][(seq_len(nrow(holes)) * 7 + j * 3) %% 11 == 0 & holes$Time > min(holes$Time)] <- NA
}
keep_panel("carry_forward", holes, TRUE)
