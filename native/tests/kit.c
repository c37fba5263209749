/* Nodes and libraries for the tests. */
#include "../nvml/nvml_abi.h"
#include "check.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

char node_answer[8192];
static void *library;

static void write_scenario(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0) abort();
}

struct node node_start(const char *driver, const char *scenario, double rate)
{
    struct node node = {.pid = -1};
    char program[512], rate_text[32], scenario_path[160];
    int out[2];
    snprintf(node.root, sizeof node.root, "/tmp/forewarn-test-XXXXXX");
    if (mkdtemp(node.root) == NULL || pipe(out) != 0) abort();
    snprintf(program, sizeof program, "%s/forewarn-simnode", install_dir);
    snprintf(rate_text, sizeof rate_text, "%g", rate);
    snprintf(scenario_path, sizeof scenario_path, "%s.scenario", node.root);
    write_scenario(scenario_path, scenario != NULL ? scenario : "");
    fflush(NULL);
    node.pid = fork();
    if (node.pid == 0) {
        dup2(out[1], STDOUT_FILENO);
        close(out[0]);
        close(out[1]);
        execl(program, program, "run", "--root", node.root, "--driver", driver, "--rate", rate_text, "--scenario", scenario_path,
              (char *)NULL);
        _exit(127);
    }
    close(out[1]);
    char line[256] = "";
    ssize_t got = read(out[0], line, sizeof line - 1); /* one short line: arrives whole */
    close(out[0]);
    check_that(got > 0 && strncmp(line, "ready root=", 11) == 0, __FILE__, __LINE__, "the node starts", "said '%s'", line);
    return node;
}

void node_stop(struct node *node)
{
    int status = 0;
    char command[320];
    kill(node->pid, SIGTERM);
    waitpid(node->pid, &status, 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    snprintf(command, sizeof command, "rm -rf '%s' '%s.scenario'", node->root, node->root);
    CHECK_EQ(system(command), 0);
}

bool node_request(const struct node *node, const char *format, ...)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char line[512];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(line, sizeof line - 1, format, args);
    va_end(args);
    line[length++] = '\n';
    snprintf(address.sun_path, sizeof address.sun_path, "%.80s/control.sock", node->root); /* /tmp/forewarn-test-… */
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    size_t used = 0;
    node_answer[0] = '\0';
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0 && write(fd, line, (size_t)length) == length) {
        ssize_t got;
        while (used < sizeof node_answer - 1 && (got = read(fd, node_answer + used, sizeof node_answer - 1 - used)) > 0) {
            used += (size_t)got;
            node_answer[used] = '\0';
            if (strncmp(node_answer, "error:", 6) == 0 || strcmp(node_answer + used - 3, "ok\n") == 0) break;
        }
    }
    close(fd);
    return used >= 3 && strcmp(node_answer + used - 3, "ok\n") == 0;
}

const char *node_file(const struct node *node, const char *path)
{
    static char text[65536];
    char full[512];
    snprintf(full, sizeof full, "%s/%s", node->root, path);
    int fd = open(full, O_RDONLY);
    ssize_t got = fd >= 0 ? read(fd, text, sizeof text - 1) : 0;
    if (fd >= 0) close(fd);
    text[got > 0 ? got : 0] = '\0';
    return text;
}

void library_open(const struct node *node, const char *driver)
{
    char path[512];
    snprintf(path, sizeof path, "%s/drivers/%s/libnvidia-ml.so.1", install_dir, driver);
    library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    check_that(library != NULL, __FILE__, __LINE__, "the library loads", "%s", library == NULL ? dlerror() : "");
    if (library == NULL) abort();
    if (node != NULL) NVML(forewarn_sim_set_root, node->root);
}

void library_use(const struct node *node, const char *driver)
{
    library_open(node, driver);
    CHECK_EQ(NVML(nvmlInit_v2), 0);
}

void library_done(void)
{
    CHECK_EQ(NVML(nvmlShutdown), 0);
    dlclose(library);
    library = NULL;
}

void *library_symbol(const char *name)
{
    return dlsym(library, name);
}

void *gpu_handle(unsigned index)
{
    void *handle = NULL;
    int result = NVML(nvmlDeviceGetHandleByIndex_v2, index, &handle);
    return result == 0 ? handle : NULL;
}

long long read_u32(const char *function, unsigned gpu)
{
    unsigned value = 0;
    int result = ((int (*)())library_symbol(function))(gpu_handle(gpu), &value);
    return result == 0 ? (long long)value : -1 - result;
}

long long read_energy(unsigned gpu)
{
    uint64_t value = 0;
    int result = NVML(nvmlDeviceGetTotalEnergyConsumption, gpu_handle(gpu), &value);
    return result == 0 ? (long long)value : -1 - result;
}

long long read_temperature(unsigned gpu)
{
    unsigned value = 0;
    int result = NVML(nvmlDeviceGetTemperature, gpu_handle(gpu), 0, &value);
    return result == 0 ? (long long)value : -1 - result;
}

long long read_ecc(unsigned gpu, int uncorrected, int aggregate)
{
    uint64_t value = 0;
    int result = NVML(nvmlDeviceGetTotalEccErrors, gpu_handle(gpu), uncorrected, aggregate, &value);
    return result == 0 ? (long long)value : -1 - result;
}

long long read_field(unsigned gpu, unsigned id, unsigned scope)
{
    nvmlFieldValue_t field = {.fieldId = id, .scopeId = scope};
    int result = NVML(nvmlDeviceGetFieldValues, gpu_handle(gpu), 1, &field);
    if (result != 0) return -1000 - result;
    if (field.nvmlReturn != 0) return -1 - field.nvmlReturn;
    if (field.valueType == NVML_VALUE_TYPE_SIGNED_INT) return field.value.siVal;
    return field.valueType == NVML_VALUE_TYPE_UNSIGNED_INT ? (long long)field.value.uiVal : (long long)field.value.ullVal;
}
