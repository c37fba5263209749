/* `forewarn-simnode run`: builds the node under its root and keeps it alive until it is told to end. */
#include "install.h"
#include "simnode.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEFAULT_PROFILE "h100-8"
#define DEFAULT_DRIVER "r550"

static volatile sig_atomic_t stop_requested;

static void request_stop(int signal)
{
    (void)signal;
    stop_requested = 1;
}

static int refuse(const char *format, const char *what)
{
    fprintf(stderr, "forewarn-simnode: ");
    fprintf(stderr, format, what);
    fprintf(stderr, "\n");
    return 2;
}

static bool is_empty(const char *root)
{
    DIR *folder = opendir(root);
    if (folder == NULL) return false;
    int entries = 0;
    while (entries < 3 && readdir(folder) != NULL) entries++; /* . and .. */
    closedir(folder);
    errno = ENOTEMPTY;
    return entries <= 2;
}

/* Only a folder that is empty, or that an earlier node left, is taken. */
static bool prepare_root(const char *root)
{
    char path[PATH_MAX];
    if (mkdir(root, 0755) == 0) return true;
    if (errno != EEXIST) return false;
    snprintf(path, sizeof path, "%s/clock", root);
    if (access(path, F_OK) != 0) return is_empty(root);
    int fd = connect_control(root);
    if (fd < 0) return true;
    close(fd);
    errno = EBUSY;
    return false;
}

static bool copy_file(const char *from, const char *to)
{
    FILE *in = fopen(from, "re"), *out = fopen(to, "we");
    char block[4096];
    size_t got;
    bool copied = in != NULL && out != NULL;
    while (copied && (got = fread(block, 1, sizeof block, in)) > 0) copied = fwrite(block, 1, got, out) == got;
    if (in != NULL) fclose(in);
    if (out != NULL) copied = fclose(out) == 0 && copied;
    return copied;
}

static bool create_node(struct simnode *s, const struct run_options *o, const char *profile, const char *driver,
                        const struct scenario *scenario)
{
    char path[PATH_MAX];
    struct sim_error error = {0};
    static const char *const stale[] = {"sys", "proc", "dev", "lib"};
    if ((size_t)snprintf(s->node.root, sizeof s->node.root, "%s", o->root) >= sizeof s->node.root) {
        errno = ENAMETOOLONG;
        return false;
    }
    for (size_t i = 0; i < sizeof stale / sizeof *stale; i++) trees_remove(s, stale[i]);
    snprintf(path, sizeof path, "%s/profile.conf", s->node.root);
    if (!copy_file(profile, path) || !journal_create(s, o->root)) return false;

    uint64_t seed = o->has_seed ? o->seed : scenario->has_seed ? scenario->seed : 1;
    const char *slash = strrchr(profile, '/');
    bool written = journal_append(s, "journal 1\nprofile %s\ndriver %s\nseed %llu\nepoch %lld\n",
                                  slash != NULL ? slash + 1 : profile, driver, (unsigned long long)seed,
                                  (long long)s->clock.epoch_unix_ns);
    for (size_t i = 0; i < scenario->count; i++)
        written = journal_append(s, "at %lldns %s\n", (long long)scenario->lines[i].at, scenario->lines[i].fault) && written;
    if (!written) return false;
    s->clock.journal_length = s->committed;
    clock_rebase(s, 0, o->has_rate ? o->rate : scenario->has_rate ? scenario->rate : 1);
    if (!node_open(&s->node, o->root, &error)) {
        fprintf(stderr, "forewarn-simnode: %s\n", error.text);
        return false;
    }
    return simnode_start_trees(s);
}

static void serve(struct simnode *s, struct control *control, bool until_stdin_closes)
{
    while (!stop_requested) {
        struct pollfd fds[CONTROL_CLIENTS + 2];
        nfds_t count = 0;
        fds[count++] = (struct pollfd){.fd = control->listener, .events = POLLIN};
        fds[count++] = (struct pollfd){.fd = until_stdin_closes ? STDIN_FILENO : -1, .events = POLLIN};
        for (int i = 0; i < CONTROL_CLIENTS; i++)
            if (control->clients[i] >= 0) fds[count++] = (struct pollfd){.fd = control->clients[i], .events = POLLIN};
        int64_t wait = simnode_next_step(s);
        struct timespec timeout = {.tv_sec = wait / SIM_SECOND, .tv_nsec = wait % SIM_SECOND};
        sigset_t none;
        sigemptyset(&none);
        int ready = ppoll(fds, count, &timeout, &none); /* signals arrive only here */
        if (ready < 0) continue;
        char discard[256];
        if (fds[1].revents != 0 && read(STDIN_FILENO, discard, sizeof discard) <= 0) return;
        for (nfds_t i = 0; i < count; i++)
            if (i != 1 && fds[i].revents != 0) control_serve(control, s, fds[i].fd);
        simnode_step(s);
    }
}

/* Ctrl-C reaches everyone in a terminal's process group. A node that lives as long as its parent's pipe must not go first
 * and take the library away from readers that are still at it. */
static void catch_signals(bool until_stdin_closes)
{
    struct sigaction action = {.sa_handler = request_stop};
    sigset_t stops;
    sigemptyset(&stops);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGINT);
    sigprocmask(SIG_BLOCK, &stops, NULL);
    sigaction(SIGTERM, &action, NULL);
    if (until_stdin_closes) signal(SIGINT, SIG_IGN);
    else sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static int run_node(const struct run_options *o, const char *profile, const char *driver, const struct scenario *scenario)
{
    static struct simnode s; /* large, and one per process */
    static struct control control;
    catch_signals(o->until_stdin_closes);
    if (!prepare_root(o->root)) {
        fprintf(stderr, "forewarn-simnode: %s: %s\n", o->root,
                errno == EBUSY ? "another simulated node runs here" : strerror(errno));
        return 1;
    }
    char root[PATH_MAX];
    struct run_options absolute = *o;
    if (realpath(o->root, root) == NULL) return refuse("cannot resolve %s", o->root);
    absolute.root = root;
    if (!create_node(&s, &absolute, profile, driver, scenario) || !control_open(&control, root)) {
        perror(root);
        return 1;
    }
    simnode_step(&s);
    printf("ready root=%s gpus=%u driver=%s\n", o->root, s.node.profile.gpu_count, install_driver_version(driver));
    fflush(stdout);
    serve(&s, &control, o->until_stdin_closes);
    clock_rebase(&s, sim_clock_now(&s.clock), 0); /* time stops: what readers still hold stays as it was */
    s.page->pid = 0;
    control_close(&control, root);
    trees_remove(&s, "lib");
    node_close(&s.node);
    sim_clock_unmap(s.page);
    close(s.journal_fd);
    return 0;
}

int simnode_run(const struct run_options *o)
{
    struct scenario scenario = {0};
    struct profile profile;
    struct sim_error error = {0};
    char scenario_path[PATH_MAX], profile_path[PATH_MAX], library[PATH_MAX];
    bool found = o->scenario == NULL || install_find_scenario(o->scenario, scenario_path, sizeof scenario_path);
    if (!found || (o->scenario != NULL && scenario_peek(scenario_path, &scenario) < 0))
        return refuse("no scenario '%s'", o->scenario);
    const char *wanted = o->profile != NULL ? o->profile : scenario.profile[0] != '\0' ? scenario.profile : DEFAULT_PROFILE;
    if (!install_find_profile(wanted, profile_path, sizeof profile_path)) return refuse("no profile '%s'", wanted);
    if (!profile_load(profile_path, &profile, &error)) {
        print_complaint(profile_path, &error);
        return 2;
    }
    char driver[16];
    snprintf(driver, sizeof driver, "%s", o->driver != NULL ? o->driver : scenario.driver[0] != '\0' ? scenario.driver
             : profile.driver_default[0] != '\0' ? profile.driver_default : DEFAULT_DRIVER);
    if (!install_find_driver(driver, library, sizeof library)) return refuse("no driver '%s'", driver);
    if (!driver_serves(&profile, driver)) {
        fprintf(stderr, "forewarn-simnode: %s needs driver r%.0f or later, not %s\n", profile.product, profile.driver_minimum, driver);
        return 2;
    }
    scenario_free(&scenario);
    if (o->scenario != NULL &&
        (scenario_load(scenario_path, profile.gpu_count, &scenario, print_complaint, (void *)o->scenario) != 0 ||
         scenario_driver_errors(&profile, &scenario, o->scenario) != 0))
        return 2;
    int result = run_node(o, profile_path, driver, &scenario);
    scenario_free(&scenario);
    return result;
}
