/* reason.c - what can be wrong with a composite, and what to do, in words for the caller of the library. */
#include "entente/composite.h"

static const struct {
  const char *text, *remedy;
} reasons[ENT_COMPOSITE_REASONS] = {
    [ENT_COMPOSITE_FINE] = {"nothing is wrong", "go on"},
    [ENT_COMPOSITE_NO_UNITS] = {"there is no unit, or no indicator", "give at least one of each"},
    [ENT_COMPOSITE_NO_TOP] = {"no node stands at the top", "leave the parent of one node empty"},
    [ENT_COMPOSITE_TWO_TOPS] = {"a second node stands at the top", "give all nodes but one a parent"},
    [ENT_COMPOSITE_ORPHAN] = {"the parent is not there, or is an indicator", "name an aggregate as the parent"},
    [ENT_COMPOSITE_CYCLE] = {"the node is its own ancestor", "let each parent stand one level higher"},
    [ENT_COMPOSITE_CHILDLESS] = {"the aggregate has no children", "give it some, or take it out"},
    [ENT_COMPOSITE_NEGATIVE_WEIGHT] = {"the weight is negative or no number", "use 0 or more"},
    [ENT_COMPOSITE_ZERO_WEIGHTS] = {"all weights of the group are 0", "give one of its nodes a weight above 0"},
    [ENT_COMPOSITE_DIRECTION] = {"the direction is neither 1 nor -1", "use 1 where more is better, else -1"},
    [ENT_COMPOSITE_INFINITE] = {"the value is infinite", "use a number, or leave it missing"},
    [ENT_COMPOSITE_GOALPOSTS] = {"goalposts are missing, equal or reversed", "give a low one below a high one"},
    [ENT_COMPOSITE_NO_REFERENCE] = {"the reference is missing or not above 0",
                                    "give another, or another normalisation"},
    [ENT_COMPOSITE_FEW_UNITS] = {"the method compares units, and there are fewer than three",
                                 "use goalposts, or more units"},
    [ENT_COMPOSITE_NOT_POSITIVE] = {"a logarithm, Box-Cox, reciprocal, geometric or harmonic mean of 0 or less",
                                    "use an arithmetic mean, or a normalisation whose lowest score is above 0"},
    [ENT_COMPOSITE_NO_GROUPS] = {"values are to come from groups, and units have none",
                                 "give each unit its group, or another imputation"},
    [ENT_COMPOSITE_NO_PERIODS] = {"values are to be carried forward, and no unit has an earlier row",
                                  "give periods, or another imputation"},
    [ENT_COMPOSITE_MISSING_VALUES] = {"the method needs complete data, and a value is missing",
                                      "choose an imputation, or another method"},
    [ENT_COMPOSITE_NO_VARIATION] = {"the indicator does not vary over the units, so that it correlates with nothing",
                                    "take it out, or give the weights"},
    [ENT_COMPOSITE_NO_EXPERTS] = {"there is no expert, or one who gives a group nothing",
                                  "give each expert's budget for each group"},
    [ENT_COMPOSITE_RANGE] = {"the range is reversed, leaves out its value, or the standard error is negative",
                             "give low <= value <= high, or a standard error of 0 or more"},
    [ENT_COMPOSITE_PARAMETER] = {"a parameter lies outside its range", "see its line in entente/composite.h"},
    [ENT_COMPOSITE_METHOD] = {"there is no such method", "use one that entente/composite.h names"},
    [ENT_COMPOSITE_MISMATCH] = {"a reference after a logarithm or Box-Cox, or weights from correlations "
                                "of what is no mean: neither would mean anything",
                                "use another of the two methods"},
    [ENT_COMPOSITE_TOO_LARGE] = {"there are more inputs or units than the method can hold",
                                 "vary groups of inputs, or use another method"},
    [ENT_COMPOSITE_FEW_TO_CORRELATE] = {"correlations of fewer than ten units mean nothing",
                                        "judge the indicators by what they measure, or compare more units"},
    [ENT_COMPOSITE_MEMORY] = {"memory is short", "use fewer units or draws"},
    [ENT_COMPOSITE_STOPPED] = {"stopped by the caller", "start it again"},
};

const char *ent_composite_reason_text(ent_composite_reason reason) {
  return (unsigned)reason < ENT_COMPOSITE_REASONS ? reasons[reason].text : "an unknown reason";
}

const char *ent_composite_remedy_text(ent_composite_reason reason) {
  return (unsigned)reason < ENT_COMPOSITE_REASONS ? reasons[reason].remedy : "see entente/composite.h";
}
