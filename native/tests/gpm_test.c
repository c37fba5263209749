#include "../nvml/nvml_abi.h"
#include "check.h"

#include <math.h>
#include <string.h>

static nvmlGpmMetricsGet_t get; /* large */

/* Two samples of a card, or of an instance, and so many seconds between them. */
static void sample_twice(const struct node *node, void *gpu, unsigned instance, const char *between)
{
    memset(&get, 0, sizeof get);
    get.version = 1;
    CHECK(NVML(nvmlGpmSampleAlloc, &get.sample1) == 0 && NVML(nvmlGpmSampleAlloc, &get.sample2) == 0);
    for (int i = 0; i < 2; i++) {
        nvmlGpmSample_t sample = i == 0 ? get.sample1 : get.sample2;
        int result = instance == 0xFFFFFFFFu ? NVML(nvmlGpmSampleGet, gpu, sample) : NVML(nvmlGpmMigSampleGet, gpu, instance, sample);
        CHECK_EQ(result, 0);
        if (i == 0) CHECK(node_request(node, "advance %s", between));
    }
}

static void done(void)
{
    CHECK(NVML(nvmlGpmSampleFree, get.sample1) == 0 && NVML(nvmlGpmSampleFree, get.sample2) == 0);
}

static void ask(const unsigned *ids, unsigned count)
{
    get.numMetrics = count;
    for (unsigned i = 0; i < count; i++) get.metrics[i].metricId = ids[i];
}

static void metrics_agree_with_the_other_readings(void)
{
    struct node node = node_start("r550", NULL, 0);
    static const unsigned ids[] = {1, 2, 20, 60, 61, 62, 63, 30, 999, 6};
    nvmlGpmSupport_t support = {.version = 1};
    unsigned streaming = 9;
    library_use(&node, "r550");
    void *gpu = gpu_handle(1);
    CHECK(NVML(nvmlGpmQueryDeviceSupport, gpu, &support) == 0 && support.isSupportedDevice == 1);
    CHECK(NVML(nvmlGpmQueryIfStreamingEnabled, gpu, &streaming) == 0 && streaming == 0);
    long long before = read_field(1, 139, 0xFFFFFFFFu), one = read_field(1, 139, 0); /* KiB received */
    sample_twice(&node, gpu, 0xFFFFFFFFu, "20s");
    ask(ids, 10);
    CHECK_EQ(NVML(nvmlGpmMetricsGet, &get), 0);
    double flow = (double)(read_field(1, 139, 0xFFFFFFFFu) - before) / 1024 / 20;
    CHECK(get.metrics[0].nvmlReturn == 0 && get.metrics[0].value > 90 && get.metrics[0].value <= 100);
    CHECK(get.metrics[1].value < get.metrics[0].value && get.metrics[2].value > 100);
    CHECK(fabs(get.metrics[3].value - flow) < 0.01 * flow + 1);
    CHECK(get.metrics[4].value > 0);
    CHECK(fabs(get.metrics[5].value - (double)(read_field(1, 139, 0) - one) / 1024 / 20) < 1);
    CHECK(get.metrics[6].nvmlReturn == 0 && get.metrics[7].nvmlReturn == 0 && get.metrics[7].value == 0);
    CHECK(get.metrics[8].nvmlReturn == 2 && get.metrics[9].value == 0);
    CHECK(strcmp(get.metrics[3].metricInfo.unit, "MiB/s") == 0 && get.metrics[8].metricInfo.unit == NULL);
    get.version = 2;
    CHECK_EQ(NVML(nvmlGpmMetricsGet, &get), 25);
    get.version = 1;
    nvmlGpmSample_t swapped = get.sample1;
    get.sample1 = get.sample2;
    get.sample2 = swapped;
    CHECK_EQ(NVML(nvmlGpmMetricsGet, &get), 2); /* the wrong way round */
    done();
    sample_twice(&node, gpu, 0xFFFFFFFFu, "50ms");
    ask(ids, 1);
    CHECK_EQ(NVML(nvmlGpmMetricsGet, &get), 2); /* too short, nvml.h: 100 ms */
    done();
    library_done();
    node_stop(&node);
}

static void an_instance_has_no_links(void)
{
    struct node node = node_start("r550", "profile h100-8-mig\n", 0);
    static const unsigned ids[] = {2, 60};
    library_use(&node, "r550");
    sample_twice(&node, gpu_handle(1), 5, "1s");
    ask(ids, 2);
    CHECK(NVML(nvmlGpmMetricsGet, &get) == 0 && get.metrics[0].nvmlReturn == 0 && get.metrics[0].value > 50);
    CHECK_EQ(get.metrics[1].nvmlReturn, 3);
    CHECK_EQ(NVML(nvmlGpmMigSampleGet, gpu_handle(1), 7, get.sample1), 2);
    done();
    library_done();
    node_stop(&node);
}

static void older_cards_have_none(void)
{
    struct node node = node_start("r550", "profile a100-8-mig\n", 0);
    nvmlGpmSupport_t support = {.version = 1, .isSupportedDevice = 9};
    nvmlGpmSample_t sample = NULL;
    library_use(&node, "r550");
    CHECK(NVML(nvmlGpmQueryDeviceSupport, gpu_handle(0), &support) == 0 && support.isSupportedDevice == 0);
    support.version = 0x01000008;
    CHECK_EQ(NVML(nvmlGpmQueryDeviceSupport, gpu_handle(0), &support), 25); /* GPM counts plainly */
    CHECK(NVML(nvmlGpmSampleAlloc, &sample) == 0 && NVML(nvmlGpmSampleGet, gpu_handle(0), sample) == 3);
    CHECK_EQ(NVML(nvmlGpmSampleFree, sample), 0);
    library_done();
    node_stop(&node);
}

void gpm_tests(void)
{
    test_case("GPM: metrics agree with the other readings", metrics_agree_with_the_other_readings);
    test_case("GPM: an instance has no links", an_instance_has_no_links);
    test_case("GPM: older cards have none", older_cards_have_none);
}
