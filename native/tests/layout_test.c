/* Sizes and offsets as literals, read from nvml.h 13.3 by hand: a header that both sides share would agree with itself. */
#include "check.h"

#include <stdio.h>
#include <string.h>

static const char *const expected[] = {
#define LAYOUT(type, size) #type " " #size "\n",
#define OFFSET(type, member, offset) #type "." #member " " #offset " ",
#include "reference_layouts.def"
    "nvmlEventData_v1_t 24\n", "nvmlPciInfo_v2_t 52\n", "nvmlClkMonFaultInfo_t 8\n", "nvmlMask255_t 32\n",
    /* A few sizes of members, where the offsets do not give them away. */
    "nvmlPciInfo_t.busId 36 32\n", "nvmlSystemDriverBranchInfo_v1_t.branch 4 80\n", "nvmlEventData_t.computeInstanceId 28 4\n",
    "nvmlFieldValue_t.value 32 8\n", "nvmlGpuFabricInfo_v3_t.healthSummary 36 1\n", "nvmlPRMTLV_v1_t.inData 8 496\n",
    "nvmlPlatformInfo_v2_t.moduleId 40 1\n", "nvmlHostname_v1_t.value 0 64\n"};

static void layouts_are_those_of_the_header(void)
{
    library_open(NULL, "r610");
    const char *(*layout)(void) = (const char *(*)(void))library_symbol("forewarn_sim_layout");
    const char *manifest = layout();
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const char *found = strstr(manifest, expected[i]);
        while (found != NULL && found != manifest && found[-1] != '\n') found = strstr(found + 1, expected[i]);
        check_that(found != NULL, __FILE__, __LINE__, expected[i], "is not in the manifest");
    }
}

void layout_tests(void)
{
    test_case("layouts are those of the header", layouts_are_those_of_the_header);
}
