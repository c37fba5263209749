/* The process: agreement between readers, the socket, what it leaves behind. */
#include "check.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* All that a reader sees of every card, as one text. */
static void describe(char *out, size_t size)
{
    size_t used = 0;
    for (unsigned gpu = 0; gpu < 8 && used < size; gpu++) {
        char uuid[96] = "";
        NVML(nvmlDeviceGetUUID, gpu_handle(gpu), uuid, 96);
        used += (size_t)snprintf(out + used, size - used, "%s %lld %lld %lld %lld %lld %lld\n", uuid, read_temperature(gpu),
                                 read_u32("nvmlDeviceGetPowerUsage", gpu), read_energy(gpu), read_ecc(gpu, 0, 0),
                                 read_field(gpu, 138, 0xFFFFFFFFu), read_u32("nvmlDeviceGetPcieReplayCounter", gpu));
    }
}

static void read_in_child(const struct node *node, char *out, size_t size)
{
    int channel[2];
    if (pipe(channel) != 0) abort();
    pid_t child = fork();
    if (child == 0) {
        char text[4096] = "";
        library_use(node, "r550");
        describe(text, sizeof text);
        _exit(write(channel[1], text, strlen(text)) > 0 ? 0 : 1);
    }
    close(channel[1]);
    size_t used = 0;
    ssize_t got;
    while (used < size - 1 && (got = read(channel[0], out + used, size - 1 - used)) > 0) used += (size_t)got;
    out[used] = '\0';
    close(channel[0]);
    waitpid(child, NULL, 0);
}

static void two_processes_and_a_restarted_one_agree(void)
{
    struct node node = node_start("r550", "at 10s gpu 2 ecc.dram.corrected rate 30/s\nat 10s gpu 3 temperature.gpu noise 9\n", 0);
    static char first[4096], second[4096], here[4096], later[4096];
    CHECK(node_request(&node, "advance 4000s"));
    read_in_child(&node, first, sizeof first);
    read_in_child(&node, second, sizeof second);
    library_use(&node, "r550");
    describe(here, sizeof here);
    CHECK(strlen(first) > 500 && strcmp(first, second) == 0 && strcmp(first, here) == 0);
    CHECK(node_request(&node, "advance 60s"));
    describe(later, sizeof later);
    CHECK(strcmp(later, here) != 0);
    library_done();
    node_stop(&node);
}

static void a_bad_line_never_enters_the_journal(void)
{
    struct node node = node_start("r550", NULL, 0);
    char before[4096];
    snprintf(before, sizeof before, "%.4000s", node_file(&node, "journal"));
    CHECK(!node_request(&node, "inject gpu 9 lost") && strncmp(node_answer, "error: column 5: no GPU 9", 25) == 0);
    CHECK(!node_request(&node, "inject gpu 1 explode") && !node_request(&node, "inject ") && !node_request(&node, "dance"));
    CHECK(!node_request(&node, "advance backwards") && !node_request(&node, "rate -1") && !node_request(&node, "advance 1s 2s"));
    CHECK(!node_request(&node, "inject node kmsg \"%0300d\"", 7)); /* longer than a text may be */
    CHECK(strcmp(before, node_file(&node, "journal")) == 0);
    CHECK(node_request(&node, "inject gpu 1 lost # why not"));
    CHECK(strstr(node_file(&node, "journal"), "ns gpu 1 lost") != NULL);
    node_stop(&node);
}

static void status_tells_what_is(void)
{
    struct node node = node_start("r550", NULL, 0);
    CHECK(node_request(&node, "inject gpu 1 lost") && node_request(&node, "inject in 30s gpu 2 reset-required"));
    CHECK(node_request(&node, "status") && strstr(node_answer, "gpu 1 0000:2a:00.0 GPU-") != NULL);
    CHECK(strstr(node_answer, " lost ") != NULL && strstr(node_answer, "reset-required") == NULL);
    CHECK(node_request(&node, "advance 30s") && node_request(&node, "rate 60") && node_request(&node, "status"));
    CHECK(strstr(node_answer, "reset-required") != NULL && strstr(node_answer, "rate 60\n") != NULL);
    node_stop(&node);
}

static void a_second_node_in_the_same_root_is_refused(void)
{
    struct node node = node_start("r550", NULL, 0);
    char command[1024];
    snprintf(command, sizeof command, "'%s/forewarn-simnode' run --root '%s' </dev/null >/dev/null 2>&1", install_dir, node.root);
    CHECK_EQ(WEXITSTATUS(system(command)), 1);
    snprintf(command, sizeof command, "'%s/forewarn-simnode' run --root /etc >/dev/null 2>&1", install_dir);
    CHECK_EQ(WEXITSTATUS(system(command)), 1);
    node_stop(&node);
}

static void a_root_is_used_again_after_a_kill(void)
{
    struct node node = node_start("r550", NULL, 0);
    char command[1024];
    CHECK(node_request(&node, "inject gpu 1 lost"));
    kill(node.pid, SIGKILL);
    waitpid(node.pid, NULL, 0);
    snprintf(command, sizeof command, "'%s/forewarn-simnode' run --root '%s' --until-stdin-closes </dev/null >/dev/null 2>&1", install_dir,
             node.root);
    CHECK_EQ(WEXITSTATUS(system(command)), 0);
    CHECK(strstr(node_file(&node, "journal"), "lost") == NULL); /* a new node, not the old one's faults */
    snprintf(command, sizeof command, "rm -rf '%s' '%s.scenario'", node.root, node.root);
    CHECK_EQ(system(command), 0);
}

static void check_lists_every_error_and_exits_2(void)
{
    char path[] = "/tmp/forewarn-test-XXXXXX", command[1024], text[1024] = "";
    int file = mkstemp(path);
    CHECK(write(file, "at 1s gpu 8 lost\nat 2s gpu 1 lost\nwhat\n", 39) > 0);
    close(file);
    snprintf(command, sizeof command, "'%s/forewarn-simnode' check %s 2>&1", install_dir, path);
    FILE *output = popen(command, "r");
    size_t got = fread(text, 1, sizeof text - 1, output);
    CHECK_EQ(WEXITSTATUS(pclose(output)), 2);
    CHECK(got > 0 && strstr(text, ":1:11: no GPU 8") != NULL && strstr(text, ":3:1: ") != NULL && strstr(text, ":2:") == NULL);
    remove(path);
}

static void every_shipped_scenario_is_good(void)
{
    char command[1024];
    snprintf(command, sizeof command,
             "n=0; for s in $('%s/forewarn-simnode' scenarios); do '%s/forewarn-simnode' check $s || exit 9; n=$((n+1)); done; test $n -ge 12",
             install_dir, install_dir);
    CHECK_EQ(system(command), 0);
}

void node_tests(void)
{
    test_case("two processes and a restarted one agree", two_processes_and_a_restarted_one_agree);
    test_case("a bad line never enters the journal", a_bad_line_never_enters_the_journal);
    test_case("status tells what is", status_tells_what_is);
    test_case("a second node in the same root is refused", a_second_node_in_the_same_root_is_refused);
    test_case("a root is used again after a kill", a_root_is_used_again_after_a_kill);
    test_case("check lists every error and exits 2", check_lists_every_error_and_exits_2);
    test_case("every shipped scenario is good", every_shipped_scenario_is_good);
}
