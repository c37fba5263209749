/* forewarn-simnode: a simulated GPU node for developing and testing against. */
#include "install.h"
#include "simnode.h"

#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: forewarn-simnode COMMAND\n"
    "  run --root DIR [--profile NAME|FILE] [--driver rNNN] [--scenario NAME|FILE] [--seed N] [--rate X]\n"
    "      [--until-stdin-closes]        start a node; prints 'ready ...' when its library can be used\n"
    "  inject  --root DIR 'gpu 3 lost'   one fault, now; 'in 30s gpu 3 lost' later\n"
    "  advance --root DIR 10m            move simulated time forward\n"
    "  rate    --root DIR 60             simulated seconds per second; 0 stops the clock\n"
    "  status  --root DIR\n"
    "  check FILE                        list every error of a scenario; exit 2 when there is one\n"
    "  profiles | scenarios              what is installed\n";

static int bad_usage(const char *what)
{
    fprintf(stderr, "forewarn-simnode: %s\n%s", what, usage);
    return 2;
}

static bool parse_number(const char *text, double *out)
{
    char *end;
    *out = strtod(text, &end);
    return *text != '\0' && *end == '\0' && *out >= 0 && *out <= 1e15;
}

static int run_command(int argc, char **argv)
{
    enum { ROOT = 1, PROFILE, DRIVER, SCENARIO, SEED, RATE, STDIN };
    static const struct option options[] = {
        {"root", required_argument, NULL, ROOT},     {"profile", required_argument, NULL, PROFILE},
        {"driver", required_argument, NULL, DRIVER}, {"scenario", required_argument, NULL, SCENARIO},
        {"seed", required_argument, NULL, SEED},     {"rate", required_argument, NULL, RATE},
        {"until-stdin-closes", no_argument, NULL, STDIN}, {0}};
    struct run_options o = {0};
    double number;
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        switch (option) {
        case ROOT: o.root = optarg; break;
        case PROFILE: o.profile = optarg; break;
        case DRIVER: o.driver = optarg; break;
        case SCENARIO: o.scenario = optarg; break;
        case STDIN: o.until_stdin_closes = true; break;
        case SEED:
            if (!parse_number(optarg, &number)) return bad_usage("--seed takes a number");
            o.seed = (uint64_t)number;
            o.has_seed = true;
            break;
        case RATE:
            if (!parse_number(optarg, &number) || number > 1e6) return bad_usage("--rate takes a number from 0 to 1000000");
            o.rate = number;
            o.has_rate = true;
            break;
        default: return bad_usage("unknown option");
        }
    }
    if (o.root == NULL) return bad_usage("run needs --root DIR");
    if (optind != argc) return bad_usage("run takes options only");
    return simnode_run(&o);
}

/* inject, advance, rate, status: the words after the options become one request line. */
static int request_command(int argc, char **argv)
{
    static const struct option options[] = {{"root", required_argument, NULL, 1}, {0}};
    const char *root = NULL;
    for (int option; (option = getopt_long(argc, argv, "+", options, NULL)) != -1;) {
        if (option != 1) return bad_usage("unknown option");
        root = optarg;
    }
    if (root == NULL) return bad_usage("this command needs --root DIR");
    char line[CONTROL_LINE_MAX];
    size_t length = (size_t)snprintf(line, sizeof line, "%s", argv[0]);
    for (int i = optind; i < argc && length < sizeof line; i++)
        length += (size_t)snprintf(line + length, sizeof line - length, " %s", argv[i]);
    if (length >= sizeof line - 1) return bad_usage("the request is too long");
    return client_request(root, line);
}

int main(int argc, char **argv)
{
    if (argc < 2) return bad_usage("no command");
    const char *command = argv[1];
    if (strcmp(command, "run") == 0) return run_command(argc - 1, argv + 1);
    if (strcmp(command, "inject") == 0 || strcmp(command, "advance") == 0 || strcmp(command, "rate") == 0 ||
        strcmp(command, "status") == 0)
        return request_command(argc - 1, argv + 1);
    if (strcmp(command, "check") == 0 && argc == 3) return simnode_check(argv[2]);
    if (strcmp(command, "profiles") == 0) return install_list("profiles", ".conf");
    if (strcmp(command, "scenarios") == 0) return install_list("scenarios", ".scenario");
    if (strcmp(command, "help") == 0 || strcmp(command, "--help") == 0) {
        fputs(usage, stdout);
        return 0;
    }
    return bad_usage("unknown command");
}
