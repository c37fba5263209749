/* The process that owns a simulated node. */
#ifndef FOREWARN_SIMNODE_H
#define FOREWARN_SIMNODE_H

#include "../sim/jobs.h"
#include "../sim/scenario.h"

#include <stdio.h>

#define CONTROL_LINE_MAX 1024
#define CONTROL_CLIENTS 16

/* Uptime when the monitor could start: a server boots into its services in under a minute; a node that was never booted in the scenario has long settled,
   so that what must first train after a boot has trained. */
#define BOOT_TO_START (40 * SIM_SECOND)
#define UPTIME_AT_ZERO (3600 * SIM_SECOND)

struct run_options {
    const char *root, *profile, *driver, *scenario;
    bool has_seed, has_rate, until_stdin_closes;
    uint64_t seed;
    double rate;
};

/* A process whose folders stand under the root. */
struct told_process {
    unsigned pid;
    char pod[224]; /* its folder of logs; "" outside Kubernetes */
};

/* When this boot began, in simulated time. */
static inline int64_t boot_time(const struct sim_node *node)
{
    return node->driver.booted_at - (node->driver.boots == 1 ? UPTIME_AT_ZERO : BOOT_TO_START);
}

struct simnode {
    struct sim_node node;        /* the same view that every reader has */
    struct sim_clock_page *page; /* the writable mapping */
    struct sim_clock clock;
    int journal_fd;
    uint64_t committed;
    int64_t told;                /* the kernel log and the trees are rendered up to here */
    size_t told_count;           /* mutations already told */
    unsigned told_loads, told_boots;
    bool told_loaded;
    uint32_t told_first_xid;     /* bit per GPU: its uuid line stands in the kernel log */
    uint64_t kmsg_sequence;
    size_t told_process_count;
    struct told_process told_processes[SIM_MAX_GPUS * JOB_MAX_PROCESSES];
};

/* journal.c */
bool journal_create(struct simnode *s, const char *root);
bool journal_append(struct simnode *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
void journal_commit(struct simnode *s);
/* Moves simulated time and changes its rate. */
void clock_rebase(struct simnode *s, int64_t simulated, double rate);

/* step.c: brings the trees and the kernel log up to now. */
bool simnode_start_trees(struct simnode *s);
void simnode_step(struct simnode *s);
/* Real nanoseconds until something scheduled happens, at most one second. */
int64_t simnode_next_step(struct simnode *s);

/* kmsg.c */
void kmsg_boot(struct simnode *s);
void kmsg_driver_loaded(struct simnode *s);
void kmsg_driver_unloaded(struct simnode *s);
void kmsg_mutation(struct simnode *s, const struct mutation *m);

/* trees.c */
bool trees_file(const struct simnode *s, const char *path, const char *format, ...) __attribute__((format(printf, 3, 4)));
bool trees_directory(const struct simnode *s, const char *path);
void trees_remove(const struct simnode *s, const char *path);
void trees_library(const struct simnode *s);

/* render.c, processes.c */
void render_all(struct simnode *s);
void render_processes(struct simnode *s);

/* control.c */
struct control {
    int listener;
    int clients[CONTROL_CLIENTS];
    char pending[CONTROL_CLIENTS][CONTROL_LINE_MAX];
    size_t filled[CONTROL_CLIENTS];
};

bool control_open(struct control *c, const char *root);
void control_serve(struct control *c, struct simnode *s, int fd);
void control_close(struct control *c, const char *root);
/* One request line; writes the answer without its closing ok or error line. False with a message in `error`. */
bool control_request(struct simnode *s, const char *line, FILE *answer, char *error, size_t size);

/* drivers.c */
bool driver_serves(const struct profile *profile, const char *generation);
/* Complains of every line that brings in a driver too old for the profile; returns their number. */
int scenario_driver_errors(const struct profile *profile, const struct scenario *scenario, const char *path);

/* client.c, run.c, check.c */
int client_request(const char *root, const char *line);
int simnode_run(const struct run_options *options);
int simnode_check(const char *path);
void print_complaint(void *path, const struct sim_error *error);
int connect_control(const char *root);

#endif
