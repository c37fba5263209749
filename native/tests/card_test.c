/* The cards of the profiles: what each says of itself, what it lacks, and which drivers it refuses. */
#include "../nvml/nvml_abi.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

struct card {
    const char *profile, *driver, *name;
    unsigned count, architecture, links, link_version, power_watts;
    long long memory_mib;
};

static const struct card cards[] = {
    {"t4-4", "r450", "Tesla T4", 4, 6, 0, 0, 70, 15360},
    {"a100-8", "r450", "A100-SXM4-80GB", 8, 7, 12, 4, 400, 81920},
    {"a100-8", "r470", "NVIDIA A100-SXM4-80GB", 8, 7, 12, 4, 400, 81920},
    {"h100-8", "r535", "NVIDIA H100 80GB HBM3", 8, 9, 18, 6, 700, 81559},
    {"h200-8", "r550", "NVIDIA H200", 8, 9, 18, 6, 700, 143771},
    {"b200-8", "r580", "NVIDIA B200", 8, 10, 18, 7, 1000, 183359},
    {"gb200-4", "r610", "NVIDIA GB200", 4, 10, 18, 7, 1200, 189471},
};

static struct node begin(const char *profile, const char *driver, const char *lines)
{
    static char scenario[512];
    snprintf(scenario, sizeof scenario, "profile %s\n%s", profile, lines);
    struct node node = node_start(driver, scenario, 0);
    library_use(&node, driver);
    return node;
}

static void end(struct node *node)
{
    library_done();
    node_stop(node);
}

static void every_card_says_what_it_is(void)
{
    for (size_t i = 0; i < sizeof cards / sizeof *cards; i++) {
        const struct card *card = &cards[i];
        struct node node = begin(card->profile, card->driver, "");
        char name[96] = "";
        unsigned count = 0, state = 0;
        nvmlMemory_t memory = {0};
        void *gpu = gpu_handle(card->count - 1);
        CHECK(NVML(nvmlDeviceGetCount_v2, &count) == 0 && count == card->count);
        CHECK(NVML(nvmlDeviceGetName, gpu, name, 96) == 0 && strcmp(name, card->name) == 0);
        CHECK_EQ(read_u32("nvmlDeviceGetBrand", 0), strcmp(card->driver, "r450") == 0 ? 2 : 14); /* Tesla; NVIDIA since 470 */
        CHECK_EQ(read_u32("nvmlDeviceGetArchitecture", 0), card->architecture);
        CHECK_EQ(read_u32("nvmlDeviceGetPowerManagementDefaultLimit", 0), card->power_watts * 1000);
        CHECK(NVML(nvmlDeviceGetMemoryInfo, gpu, &memory) == 0 && memory.total == (uint64_t)card->memory_mib << 20);
        CHECK_EQ(NVML(nvmlDeviceGetNvLinkState, gpu, 0, &state), card->links == 0 ? 3 : 0);
        CHECK_EQ(NVML(nvmlDeviceGetNvLinkState, gpu, 99, &state), card->links == 0 ? 3 : 2);
        if (card->links > 0) {
            CHECK(NVML(nvmlDeviceGetNvLinkVersion, gpu, card->links - 1, &state) == 0 && state == card->link_version);
            CHECK_EQ(NVML(nvmlDeviceGetNvLinkState, gpu, card->links, &state), 2);
        }
        CHECK(read_temperature(0) > 15 && read_temperature(0) < 90);
        CHECK(read_u32("nvmlDeviceGetPowerUsage", 0) > 5000);
        CHECK(node_request(&node, "advance 600s") && read_energy(0) > 1000000);
        end(&node);
    }
}

static void the_kernel_names_the_card_as_its_driver_does(void)
{
    struct node node = node_start("r450", "profile a100-8\nat 10s node driver upgrade r470 for 1s\n", 0);
    CHECK(node_request(&node, "status"));
    const char *const file = "proc/driver/nvidia/gpus/0000:07:00.0/information";
    CHECK(strstr(node_file(&node, file), "Model: \t\t A100-SXM4-80GB\n") != NULL);
    CHECK(node_request(&node, "advance 20s"));
    CHECK(strstr(node_file(&node, file), "Model: \t\t NVIDIA A100-SXM4-80GB\n") != NULL);
    node_stop(&node);
}

static int run_simnode(const char *arguments, char *said, size_t size)
{
    char command[1024];
    snprintf(command, sizeof command, "'%s/forewarn-simnode' %s 2>&1 </dev/null", install_dir, arguments);
    FILE *output = popen(command, "r");
    size_t got = fread(said, 1, size - 1, output);
    said[got] = '\0';
    return WEXITSTATUS(pclose(output));
}

static void a_driver_that_is_too_old_is_refused(void)
{
    char said[1024], path[] = "/tmp/forewarn-test-XXXXXX", arguments[256];
    CHECK_EQ(run_simnode("run --root /tmp/forewarn-never --profile b200-8 --driver r550", said, sizeof said), 2);
    CHECK(strstr(said, "NVIDIA B200 needs driver r570 or later, not r550") != NULL);
    CHECK_EQ(run_simnode("run --root /tmp/forewarn-never --profile h200-8 --driver r535-86", said, sizeof said), 2);
    CHECK(strstr(said, "needs driver r550 or later, not r535-86") != NULL);
    FILE *file = fdopen(mkstemp(path), "w");
    fputs("profile gb200-4\ndriver r535\n\nat 5s node driver upgrade r470\nat 6s node driver upgrade r610\n", file);
    fclose(file);
    snprintf(arguments, sizeof arguments, "check %s", path);
    CHECK_EQ(run_simnode(arguments, said, sizeof said), 2);
    CHECK(strstr(said, ":4:1: NVIDIA GB200 needs driver r570 or later, not r470") != NULL);
    CHECK(strstr(said, "not r535") != NULL && strstr(said, "r610") == NULL);
    remove(path);
    struct node node = node_start("r580", "profile b200-8\n", 0);
    CHECK(!node_request(&node, "inject node library r535-86") && strstr(node_answer, "needs driver r570") != NULL);
    CHECK(node_request(&node, "inject node driver upgrade r610 for 5s"));
    node_stop(&node);
}

static void the_default_driver_fits_the_card(void)
{
    char said[1024], arguments[256], root[] = "/tmp/forewarn-test-XXXXXX", command[64];
    static const char *const expected[][2] = {{"b200-8", "driver=580.95.05"}, {"gb200-4", "driver=580.95.05"},
                                              {"a100-8", "driver=550.163.01"}, {"t4-4", "driver=550.163.01"}};
    CHECK(mkdtemp(root) != NULL);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        snprintf(arguments, sizeof arguments, "run --root %s --profile %s --until-stdin-closes", root, expected[i][0]);
        CHECK_EQ(run_simnode(arguments, said, sizeof said), 0);
        check_that(strstr(said, expected[i][1]) != NULL, __FILE__, __LINE__, expected[i][0], "said '%s'", said);
    }
    snprintf(command, sizeof command, "rm -rf %s", root);
    CHECK_EQ(system(command), 0);
}

static void a_t4_retires_pages_and_lacks_what_is_younger(void)
{
    struct node node = begin("t4-4", "r580", "at 10s gpu 1 pages.retired.double_bit add 2\nat 10s gpu 1 pages.pending set 1\n");
    unsigned value, count = 0, rows[4];
    uint64_t addresses[4], timestamps[4];
    void *gpu = gpu_handle(1);
    CHECK(NVML(nvmlDeviceGetRetiredPagesPendingStatus, gpu, &value) == 0 && value == 0);
    CHECK(NVML(nvmlDeviceGetRetiredPages_v2, gpu, 1, &count, NULL, NULL) == 0 && count == 0);
    CHECK(node_request(&node, "advance 60s"));
    CHECK(NVML(nvmlDeviceGetRetiredPagesPendingStatus, gpu, &value) == 0 && value == 1);
    CHECK(NVML(nvmlDeviceGetRetiredPages_v2, gpu, 1, &count, NULL, NULL) == 7 && count == 2);
    CHECK_EQ(NVML(nvmlDeviceGetRetiredPages_v2, gpu, 2, &count, addresses, timestamps), 2);
    count = 4;
    CHECK(NVML(nvmlDeviceGetRetiredPages_v2, gpu, 1, &count, addresses, timestamps) == 0 && count == 2);
    CHECK(addresses[0] % 4096 == 0 && addresses[0] < 15360ull << 20 && addresses[0] != addresses[1]);
    nvmlFieldValue_t now = {.fieldId = 30};
    CHECK(NVML(nvmlDeviceGetFieldValues, gpu, 1, &now) == 0 && now.value.ullVal == 2);
    CHECK_EQ((now.timestamp - (int64_t)timestamps[0]) / 1000000, 50); /* 10 s of the 60 */
    CHECK(NVML(nvmlDeviceGetRetiredPages, gpu, 0, &count, addresses) == 0 && count == 0);
    CHECK(node_request(&node, "inject gpu 1 reset") && node_request(&node, "advance 1s"));
    library_done();
    library_use(&node, "r580");
    gpu = gpu_handle(1);
    CHECK(NVML(nvmlDeviceGetRetiredPagesPendingStatus, gpu, &value) == 0 && value == 0);
    CHECK_EQ(read_field(1, 30, 0), 2);
    CHECK_EQ(NVML(nvmlDeviceGetRemappedRows, gpu, &rows[0], &rows[1], &rows[2], &rows[3]), 3);
    CHECK_EQ(NVML(nvmlDeviceGetTemperatureThreshold, gpu, 2, &value), 3); /* no sensor in its memory */
    nvmlMarginTemperature_v1_t margin = {.version = 0x01000008};
    CHECK_EQ(NVML(nvmlDeviceGetMarginTemperature, gpu, &margin), 3);
    nvmlRepairStatus_v1_t repair = {.version = 0x0100000C};
    CHECK_EQ(NVML(nvmlDeviceGetRepairStatus, gpu, &repair), 3);
    end(&node);
}

static int sample_count(unsigned gpu, unsigned type, nvmlSample_t *samples)
{
    nvmlEnum value_type;
    unsigned count = 4;
    int result = NVML(nvmlDeviceGetSamples, gpu_handle(gpu), type, (uint64_t)0, &value_type, &count, samples);
    return result == 0 ? (int)count : -result;
}

static void samples_are_taken_of_what_the_card_has(void)
{
    nvmlSample_t samples[4];
    struct node node = begin("gb200-4", "r580", "at 0s gpu 0 power set 800\n");
    CHECK(node_request(&node, "advance 60s"));
    CHECK(sample_count(0, 0, samples) == 4 && samples[3].sampleValue.uiVal == 800000);
    CHECK(sample_count(0, 7, samples) == 4 && samples[3].sampleValue.uiVal == 920000);
    CHECK_EQ(sample_count(0, 9, samples), 4);
    CHECK_EQ(sample_count(0, 10, samples), -3);
    end(&node);
    node = begin("h100-8", "r470", "");
    CHECK(node_request(&node, "advance 60s"));
    CHECK(sample_count(0, 6, samples) == 4 && sample_count(0, 8, samples) == -3 && sample_count(0, 7, samples) == -3);
    end(&node);
}

static void small_things_differ_by_card(void)
{
    unsigned capacity = 0;
    uint64_t flushed = 0;
    unsigned long took = 0;
    nvmlPciInfo_t far_end;
    struct node node = begin("t4-4", "r550", "");
    CHECK(NVML(nvmlDeviceGetEncoderCapacity, gpu_handle(0), 0, &capacity) == 0 && capacity == 100);
    CHECK_EQ(NVML(nvmlDeviceGetEncoderCapacity, gpu_handle(0), 2, &capacity), 3); /* no AV1 */
    CHECK_EQ(NVML(nvmlDeviceGetLastBBXFlushTime, gpu_handle(0), &flushed, &took), 3);
    end(&node);
    node = begin("a100-8", "r550", "");
    CHECK(NVML(nvmlDeviceGetNvLinkRemotePciInfo_v2, gpu_handle(0), 0, &far_end) == 0 && far_end.pciDeviceId == 0x1AF110DE);
    CHECK_EQ(NVML(nvmlDeviceGetEncoderCapacity, gpu_handle(0), 0, &capacity), 3);
    end(&node);
    node = begin("h200-8", "r550", "");
    CHECK(NVML(nvmlDeviceGetNvLinkRemotePciInfo_v2, gpu_handle(0), 0, &far_end) == 0 && far_end.pciDeviceId == 0x22A310DE);
    CHECK_EQ(NVML(nvmlDeviceGetLastBBXFlushTime, gpu_handle(0), &flushed, &took), 27);
    CHECK(node_request(&node, "advance 700s"));
    nvmlFieldValue_t now = {.fieldId = 91};
    CHECK_EQ(NVML(nvmlDeviceGetFieldValues, gpu_handle(0), 1, &now), 0);
    CHECK(NVML(nvmlDeviceGetLastBBXFlushTime, gpu_handle(0), &flushed, &took) == 0 && took > 0);
    CHECK_EQ((now.timestamp - (int64_t)flushed) / 1000000, 100);
    end(&node);
}

static void shipped(const char *name, char *text, size_t size)
{
    char path[512];
    snprintf(path, sizeof path, "%s/scenarios/%s.scenario", install_dir, name);
    FILE *file = fopen(path, "r");
    size_t got = file != NULL ? fread(text, 1, size - 1, file) : 0;
    text[got] = '\0';
    if (file != NULL) fclose(file);
}

static void the_shipped_scenarios_show_what_they_promise(void)
{
    char text[4096];
    shipped("nvlink5-ber", text, sizeof text);
    struct node node = node_start("r610", text, 0);
    library_use(&node, "r610");
    CHECK(node_request(&node, "advance 170s"));
    CHECK_EQ(read_field(2, 222, 11), 5 << 8 | 12);
    CHECK(read_field(2, 242, 11) > 1000 && read_field(2, 213, 11) == 1 && read_field(2, 214, 11) == 0 && read_field(2, 165, 11) == 1);
    CHECK(node_request(&node, "advance 20s") && read_field(2, 214, 11) == 1 && read_field(2, 165, 11) == 0);
    end(&node);

    shipped("recovery-action", text, sizeof text);
    node = node_start("r580", text, 0);
    library_use(&node, "r580");
    CHECK(node_request(&node, "advance 65s") && read_field(5, 230, 0) == 1);
    CHECK(node_request(&node, "advance 195s"));
    library_done();
    library_use(&node, "r580");
    CHECK_EQ(read_field(5, 230, 0), 2);
    library_done();
    CHECK(node_request(&node, "advance 10m"));
    library_use(&node, "r580");
    CHECK_EQ(read_field(5, 230, 0), 0);
    end(&node);

    shipped("fabric-degraded", text, sizeof text);
    node = node_start("r580", text, 0);
    library_use(&node, "r580");
    nvmlGpuFabricInfo_v3_t fabric = {.version = 0x03000028};
    CHECK(node_request(&node, "advance 100s"));
    CHECK(NVML(nvmlDeviceGetGpuFabricInfoV, gpu_handle(1), &fabric) == 0 && fabric.healthSummary == 3);
    CHECK(NVML(nvmlDeviceGetGpuFabricInfoV, gpu_handle(2), &fabric) == 0 && fabric.state == 1);
    CHECK(NVML(nvmlDeviceGetGpuFabricInfoV, gpu_handle(3), &fabric) == 0 && fabric.healthSummary == 2 && (fabric.healthMask >> 8 & 15) == 7);
    end(&node);
}

void card_tests(void)
{
    test_case("samples are taken of what the card has", samples_are_taken_of_what_the_card_has);
    test_case("small things differ by card", small_things_differ_by_card);
    test_case("the shipped scenarios show what they promise", the_shipped_scenarios_show_what_they_promise);
    test_case("every card says what it is", every_card_says_what_it_is);
    test_case("the kernel names the card as its driver does", the_kernel_names_the_card_as_its_driver_does);
    test_case("a driver that is too old is refused", a_driver_that_is_too_old_is_refused);
    test_case("the default driver fits the card", the_default_driver_fits_the_card);
    test_case("a T4 retires pages and lacks what is younger", a_t4_retires_pages_and_lacks_what_is_younger);
}
