/* The smallest test kit that serves: checks that count, nodes that start, libraries that load. */
#ifndef FOREWARN_TESTS_CHECK_H
#define FOREWARN_TESTS_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

extern const char *install_dir; /* where forewarn-simnode and the drivers were built */

void check_that(bool good, const char *file, int line, const char *what, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
#define CHECK(condition) check_that((condition), __FILE__, __LINE__, #condition, " ")
#define CHECK_EQ(actual, expected)                                                                              \
    do {                                                                                                        \
        long long a_ = (long long)(actual), e_ = (long long)(expected);                                         \
        check_that(a_ == e_, __FILE__, __LINE__, #actual, "is %lld, expected %lld", a_, e_);                    \
    } while (0)

/* One test: a name and a function; the runner forks nothing, so a test that crashes a caller forks itself. */
void test_case(const char *name, void (*body)(void));

struct node {
    pid_t pid;
    char root[128];
};

/* Starts a node with a standing clock unless `rate` says otherwise. `scenario` may be NULL, else the file's text. */
struct node node_start(const char *driver, const char *scenario, double rate);
void node_stop(struct node *node);
/* Sends one request; true for ok. The whole answer is kept in node_answer. */
bool node_request(const struct node *node, const char *format, ...) __attribute__((format(printf, 2, 3)));
extern char node_answer[8192];
/* A file under the root, at most 64 KiB; "" when missing. Valid until the next call. */
const char *node_file(const struct node *node, const char *path);

/* The library of a driver generation, pointed at a node and initialised. */
void library_use(const struct node *node, const char *driver);
void library_open(const struct node *node, const char *driver); /* without nvmlInit */
void library_done(void);
void *library_symbol(const char *name);
/* Calls without a prototype: every NVML argument is an int, an unsigned, a 64-bit number or a pointer. */
#define NVML(name, ...) (((int (*)())library_symbol(#name))(__VA_ARGS__))

void *gpu_handle(unsigned index);
/* Common readings; -1 minus the error code when the call fails. */
long long read_u32(const char *function, unsigned gpu);
long long read_energy(unsigned gpu);
long long read_temperature(unsigned gpu);
long long read_ecc(unsigned gpu, int uncorrected, int aggregate);
long long read_field(unsigned gpu, unsigned id, unsigned scope);

void grammar_tests(void);
void field_tests(void);
void card_tests(void);
void functions_since_555_tests(void);
void event_kinds_tests(void);
void layout_tests(void);
void symbol_tests(void);
void model_tests(void);
void counter_tests(void);
void reading_tests(void);
void fault_tests(void);
void event_tests(void);
void driver_tests(void);
void node_tests(void);
void mig_tests(void);
void profile_tests(void);
void range_tests(void);
void job_tests(void);
void gpm_tests(void);

#endif
