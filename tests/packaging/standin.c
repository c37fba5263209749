// A stand-in for the forewarn program, for trying out the packages before a full build: it speaks the same service
// protocol (READY, RELOADING, WATCHDOG, STOPPING), answers on the same port and socket, keeps one child process called
// `probe`, and ends with 75 when a device node whose driver is loaded is refused. It measures nothing.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char *socket_path = "/run/forewarn/forewarn.sock";

static int unix_socket(const char *path, int type, struct sockaddr_un *address, socklen_t *length)
{
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    strncpy(address->sun_path, path, sizeof address->sun_path - 1);
    *length = offsetof(struct sockaddr_un, sun_path) + strlen(path);
    if (path[0] == '@') address->sun_path[0] = 0;
    return socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
}

static void notify(const char *text)
{
    const char *path = getenv("NOTIFY_SOCKET");
    if (!path) return;
    struct sockaddr_un address;
    socklen_t length;
    int fd = unix_socket(path, SOCK_DGRAM, &address, &length);
    if (fd < 0 || sendto(fd, text, strlen(text), 0, (struct sockaddr *)&address, length) < 0) perror("notify");
    close(fd);
}

static pid_t start_probe(void)
{
    pid_t pid = fork();
    if (pid != 0) return pid;
    unsetenv("NOTIFY_SOCKET");
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execl("/proc/self/exe", "forewarn", "probe", "nvml", (char *)NULL);
    _exit(127);
}

// Is this major one of a loaded driver?
static int driver_loaded(unsigned wanted)
{
    FILE *devices = fopen("/proc/devices", "re");
    char line[128], name[64];
    unsigned number;
    int found = 0;
    while (devices && fgets(line, sizeof line, devices) && strncmp(line, "Block", 5) != 0)
        found |= sscanf(line, "%u %63s", &number, name) == 2 && number == wanted;
    if (devices) fclose(devices);
    return found;
}

static int refused_device(void)
{
    DIR *dev = opendir("/dev");
    struct dirent *entry;
    int refused = 0;
    while (dev && (entry = readdir(dev))) {
        struct stat node;
        if (strncmp(entry->d_name, "nvidia", 6) != 0 || fstatat(dirfd(dev), entry->d_name, &node, 0) != 0) continue;
        int fd = openat(dirfd(dev), entry->d_name, O_RDWR | O_CLOEXEC);
        refused |= fd < 0 && errno == EPERM && driver_loaded(major(node.st_rdev));
        if (fd >= 0) close(fd);
    }
    if (dev) closedir(dev);
    return refused;
}

static void answer(int listener, const char *text)
{
    int client = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    char request[1024] = "";
    size_t have = 0;
    ssize_t got = 1;
    if (client < 0) return;
    // All of the request: closing a socket with unread bytes resets the connection under the answer.
    while (got > 0 && have + 1 < sizeof request && !strstr(request, "\r\n\r\n"))
        if ((got = read(client, request + have, sizeof request - 1 - have)) > 0) have += got;
    dprintf(client, "%s", text);
    close(client);
}

static void reload(void)
{
    struct timespec now;
    char text[64];
    clock_gettime(CLOCK_MONOTONIC, &now);
    snprintf(text, sizeof text, "RELOADING=1\nMONOTONIC_USEC=%lld", now.tv_sec * 1000000LL + now.tv_nsec / 1000);
    notify(text);
    puts("configuration reloaded");
    notify("READY=1");
}

static int agent(void)
{
    struct sockaddr_in anywhere = {.sin_family = AF_INET, .sin_port = htons(9797)};
    struct sockaddr_un address;
    socklen_t length;
    int on = 1, http = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(http, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(http, (struct sockaddr *)&anywhere, sizeof anywhere) || listen(http, 16)) return perror("port 9797"), 1;
    int local = unix_socket(socket_path, SOCK_STREAM, &address, &length);
    unlink(socket_path);
    if (bind(local, (struct sockaddr *)&address, length) || listen(local, 16)) return perror(socket_path), 1;
    chmod(socket_path, 0666);

    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    sigaddset(&signals, SIGCHLD);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    struct pollfd wait[] = {{http, POLLIN, 0}, {local, POLLIN, 0}, {signalfd(-1, &signals, SFD_CLOEXEC), POLLIN, 0}};
    pid_t probe = start_probe();
    notify("READY=1\nSTATUS=stand-in");
    for (;;) {
        poll(wait, 3, 1000);
        notify("WATCHDOG=1");
        if (refused_device()) return puts("a device node of a loaded driver is refused"), 75;
        if (wait[0].revents) answer(http, "HTTP/1.0 200 OK\r\n\r\nforewarn_build_info{version=\"stand-in\"} 1\n");
        if (wait[1].revents) answer(local, "HTTP/1.0 200 OK\r\n\r\n{}\n");
        if (!wait[2].revents) continue;
        struct signalfd_siginfo got;
        if (read(wait[2].fd, &got, sizeof got) != sizeof got) continue;
        if (got.ssi_signo == SIGTERM) return notify("STOPPING=1"), kill(probe, SIGKILL), 0;
        if (got.ssi_signo == SIGHUP) reload();
        if (got.ssi_signo == SIGCHLD && waitpid(probe, NULL, WNOHANG) == probe) probe = start_probe();
    }
}

static int status(void)
{
    struct sockaddr_un address;
    socklen_t length;
    int fd = unix_socket(socket_path, SOCK_STREAM, &address, &length);
    if (connect(fd, (struct sockaddr *)&address, length)) return perror(socket_path), 1;
    char text[4096];
    dprintf(fd, "GET /v1/node HTTP/1.0\r\n\r\n");
    ssize_t got = read(fd, text, sizeof text);
    return got > 0 && write(1, text, got) == got ? 0 : 1;
}

int main(int count, char **words)
{
    setlinebuf(stdout);
    const char *verb = count > 1 ? words[1] : "";
    if (!strcmp(verb, "agent")) return agent();
    if (!strcmp(verb, "status")) return status();
    if (!strcmp(verb, "config")) return puts("# The stand-in has no settings."), 0;
    if (!strcmp(verb, "probe"))
        for (;;) pause();
    return 2;
}
