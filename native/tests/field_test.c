/* Field values by card and driver: which ids a driver knows, which a card has, and what they say. */
#include "../nvml/nvml_abi.h"
#include "check.h"

#include <stdio.h>

enum { UNKNOWN = -1 - 2, UNSUPPORTED = -1 - 3 };

static struct node begin(const char *profile, const char *driver, const char *lines)
{
    static char scenario[1024];
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

/* The last id that a driver's header has, by driver; the next one is unknown. */
static void a_driver_knows_the_ids_of_its_header(void)
{
    static const struct {
        const char *driver;
        unsigned last;
    } headers[] = {{"r450", 146}, {"r470", 160}, {"r535-86", 196}, {"r535", 196}, {"r550", 199},
                   {"r560", 229}, {"r575", 273}, {"r580", 273}, {"r610", 302}};
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        struct node node = begin("h100-8", headers[i].driver, "");
        check_that(read_field(0, headers[i].last, 0) != UNKNOWN, __FILE__, __LINE__, headers[i].driver, "lacks id %u", headers[i].last);
        check_that(read_field(0, headers[i].last + 1, 0) == UNKNOWN, __FILE__, __LINE__, headers[i].driver, "knows id %u",
                   headers[i].last + 1);
        CHECK_EQ(read_field(0, 0, 0), UNKNOWN);
        end(&node);
    }
}

/* Every id from 1 to 302 on every card with the youngest driver: 1 = answers for link or scope 0. Written out, so that a row
 * that gets lost is noticed. */
struct answers {
    const char *profile;
    unsigned ids[160][2]; /* ranges that answer; the others do not */
};

static const struct answers cards[] = {
    {"t4-4", {{1, 6}, {11, 12}, {22, 23}, {29, 31}, {74, 81}, {83, 83}, {92, 95}, {169, 170}, {173, 183}, {185, 192},
              {197, 198}, {269, 271}, {0, 0}}},
    {"a100-8", {{1, 6}, {11, 12}, {22, 23}, {32, 59}, {74, 91}, {94, 119}, {132, 167}, {169, 170}, {173, 192}, {197, 199},
                {230, 230}, {269, 271}, {301, 302}, {0, 0}}},
    {"h100-8", {{1, 6}, {11, 12}, {22, 23}, {32, 59}, {74, 91}, {94, 119}, {132, 167}, {169, 170}, {173, 200},
                {223, 225}, {228, 230}, {269, 271}, {298, 299}, {301, 302}, {0, 0}}},
    {"h200-8", {{1, 6}, {11, 12}, {22, 23}, {32, 59}, {74, 91}, {94, 119}, {132, 167}, {169, 170}, {173, 200},
                {223, 225}, {228, 230}, {269, 271}, {298, 299}, {301, 302}, {0, 0}}},
    {"b200-8", {{1, 6}, {11, 12}, {22, 23}, {74, 91}, {94, 95}, {132, 147}, {164, 167}, {169, 170}, {173, 204},
                {206, 215}, {219, 225}, {228, 230}, {235, 302}, {0, 0}}},
    {"gb200-4", {{1, 6}, {11, 12}, {22, 23}, {74, 91}, {94, 95}, {132, 147}, {164, 167}, {169, 204}, {206, 215},
                 {219, 225}, {228, 302}, {0, 0}}},
};

static void every_id_answers_or_not_by_the_card(void)
{
    for (size_t c = 0; c < sizeof cards / sizeof *cards; c++) {
        struct node node = begin(cards[c].profile, "r610", "");
        unsigned range = 0;
        for (unsigned id = 1; id <= 302; id++) {
            if (cards[c].ids[range][1] != 0 && id > cards[c].ids[range][1]) range++;
            bool expected = cards[c].ids[range][0] != 0 && id >= cards[c].ids[range][0];
            nvmlFieldValue_t field = {.fieldId = id};
            CHECK_EQ(NVML(nvmlDeviceGetFieldValues, gpu_handle(0), 1, &field), 0);
            check_that(field.nvmlReturn == (expected ? 0 : 3), __FILE__, __LINE__, cards[c].profile, "id %u answers %d", id,
                       field.nvmlReturn);
        }
        end(&node);
    }
}

static void ids_that_moved_are_read_where_the_driver_has_them(void)
{
    static const struct {
        const char *driver;
        unsigned sw_thermal, lifetime, mig_query, threshold;
    } places[] = {{"r575", 251, 263, 199, 200}, {"r580", 269, 258, 199, 200}};
    for (size_t i = 0; i < 2; i++) {
        struct node node = begin("b200-8", places[i].driver,
                                 "at 0s gpu 0 throttle.time.sw_thermal add 7\nat 0s gpu 0 power_smoothing.lifetime set 61\n");
        CHECK_EQ(read_field(0, places[i].sw_thermal, 0), 7000000000);
        CHECK_EQ(read_field(0, places[i].lifetime, 0), 61);
        CHECK_EQ(read_field(0, places[i].mig_query, 0), 1);
        CHECK_EQ(read_field(0, places[i].threshold, 0), 8191);
        end(&node);
    }
    struct node node = begin("h100-8", "r560", "");
    CHECK_EQ(read_field(0, 200, 0), 0); /* 560 has these two the other way round */
    CHECK_EQ(read_field(0, 199, 0), 8191);
    end(&node);
}

static void links_of_the_fifth_generation_count_otherwise(void)
{
    struct node node = begin("b200-8", "r610",
                             "at 0s gpu 0 link 3 symbol_errors add 5\nat 0s gpu 0 link 3 symbol_ber set 3e-9\n"
                             "at 0s gpu 0 link 3 effective_ber set 1e-12\nat 0s gpu 0 link 3 recoveries_successful add 2\n"
                             "at 0s gpu 0 link 3 recoveries_failed add 1\nat 0s gpu 0 link 3 fec.7 add 9\n"
                             "at 0s gpu 0 link 3 plr_retry add 4\nat 0s gpu 0 link 3 raw_ber set 0.00000025\n");
    CHECK(node_request(&node, "advance 1000s"));
    CHECK_EQ(read_field(0, 221, 3), 5);
    CHECK_EQ(read_field(0, 221, 2), 0);
    CHECK_EQ(read_field(0, 222, 3), 3 << 8 | 9);
    CHECK_EQ(read_field(0, 220, 3), 1 << 8 | 12);
    CHECK_EQ(read_field(0, 293, 3), 3 << 8 | 7); /* 2.5 rounds up */
    CHECK_EQ(read_field(0, 222, 2), 0xFFF);
    CHECK_EQ(read_field(0, 213, 3), 2);
    CHECK_EQ(read_field(0, 214, 3), 1);
    CHECK_EQ(read_field(0, 215, 3), 3);
    CHECK_EQ(read_field(0, 242, 3), 9);
    CHECK_EQ(read_field(0, 295, 3), 4);
    CHECK_EQ(read_field(0, 222, 18), UNKNOWN);
    CHECK(read_field(0, 235, 0) > 100000 && read_field(0, 236, 0) < read_field(0, 235, 0));
    CHECK_EQ(read_field(0, 202, 5), 1024 * read_field(0, 138, 5));
    uint64_t count;
    CHECK_EQ(NVML(nvmlDeviceGetNvLinkErrorCounter, gpu_handle(0), 0, 0, &count), 3);
    CHECK_EQ(read_field(0, 46, 0), UNSUPPORTED);
    end(&node);
    node = begin("a100-8", "r580", "at 0s gpu 0 link 11 replay add 3\n");
    CHECK_EQ(read_field(0, 113, 0), 3);
    CHECK_EQ(read_field(0, 161, 11), 3);
    CHECK_EQ(read_field(0, 161, 12), UNKNOWN);
    CHECK_EQ(read_field(0, 222, 0), UNSUPPORTED);
    end(&node);
}

static void power_has_a_scope_where_there_is_a_module(void)
{
    struct node node = begin("gb200-4", "r580", "at 0s gpu 0 power set 900\nat 0s gpu 0 c2c.replays add 6\nat 0s gpu 0 c2c.status set 0\n");
    CHECK_EQ(read_field(0, 186, 0), 900000);
    CHECK_EQ(read_field(0, 186, 1), 1020000);
    CHECK_EQ(read_field(0, 186, 2), UNSUPPORTED);
    CHECK_EQ(read_field(0, 186, 3), UNKNOWN);
    CHECK_EQ(read_field(0, 188, 0), 1200000);
    CHECK_EQ(read_field(0, 188, 1), 1320000);
    CHECK_EQ(read_field(0, 188, 2), 1200000);
    CHECK(node_request(&node, "advance 100s"));
    CHECK_EQ(read_field(0, 191, 1) - read_field(0, 191, 0), 12000000);
    CHECK_EQ(read_field(0, 170, 0), 5);
    CHECK_EQ(read_field(0, 171, 4), 0);
    CHECK_EQ(read_field(0, 171, 5), UNKNOWN);
    CHECK_EQ(read_field(0, 172, 0), 44712);
    CHECK_EQ(read_field(0, 232, 0), 6);
    end(&node);
    node = begin("h100-8", "r580", "");
    CHECK_EQ(read_field(0, 186, 1), UNSUPPORTED);
    CHECK_EQ(read_field(0, 170, 0), 0);
    end(&node);
}

static void bytes_over_the_bus_only_grow(void)
{
    struct node node = begin("h100-8", "r580", "");
    long long last = read_field(0, 197, 0);
    for (int i = 0; i < 20; i++) {
        CHECK(node_request(&node, "advance 50s"));
        long long now = read_field(0, 197, 0);
        CHECK(now > last);
        last = now;
    }
    end(&node);
    node = begin("h100-8", "r550", "");
    CHECK_EQ(read_field(0, 197, 0), UNSUPPORTED); /* 555 brought them */
    end(&node);
}

static void a_card_cut_up_keeps_its_remapped_rows_to_itself(void)
{
    struct node node = begin("h100-8", "r610", "at 0s gpu 0 mig on\nat 1s gpu 0 mig create 1g.10gb\n");
    CHECK_EQ(read_field(0, 142, 0), 0);
    CHECK(node_request(&node, "advance 2s"));
    CHECK(read_field(0, 142, 0) == UNSUPPORTED && read_field(0, 301, 0) == UNSUPPORTED && read_field(1, 142, 0) == 0);
    end(&node);
}

static void from_hopper_on_mig_needs_no_reset(void)
{
    static const struct {
        const char *profile;
        long long answer;
    } cards[] = {{"t4-4", UNSUPPORTED}, {"a100-8", 0}, {"h100-8", 1}, {"h200-8", 1}};
    for (size_t i = 0; i < sizeof cards / sizeof *cards; i++) {
        struct node node = begin(cards[i].profile, "r550", "");
        CHECK_EQ(read_field(0, 184, 0), cards[i].answer);
        CHECK_EQ(read_field(0, 200, 0), UNKNOWN); /* 555 brought it */
        end(&node);
    }
}

void field_tests(void)
{
    test_case("from Hopper on MIG needs no reset", from_hopper_on_mig_needs_no_reset);
    test_case("a card cut up keeps its remapped rows to itself", a_card_cut_up_keeps_its_remapped_rows_to_itself);
    test_case("a driver knows the ids of its header", a_driver_knows_the_ids_of_its_header);
    test_case("every id answers or not by the card", every_id_answers_or_not_by_the_card);
    test_case("ids that moved are read where the driver has them", ids_that_moved_are_read_where_the_driver_has_them);
    test_case("links of the fifth generation count otherwise", links_of_the_fifth_generation_count_otherwise);
    test_case("power has a scope where there is a module", power_has_a_scope_where_there_is_a_module);
    test_case("bytes over the bus only grow", bytes_over_the_bus_only_grow);
}
