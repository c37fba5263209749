/* Takes what is posted to it and answers 204 at once, so that a sender is measured and not who it sends to. On one thread.
 *
 *   sink PORT FILE         FILE gets each body behind its arrival (ns, CLOCK_MONOTONIC) and its size, both 64 bit, as they came
 *
 * Nothing is unpacked or counted here: whoever measures does that afterwards. Runs until it is killed. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_CONNECTIONS = 16, BUFFER = 16 * 1024 * 1024 };

static const char no_content[] = "HTTP/1.1 204 No Content\r\n\r\n", go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";

struct connection {
    int fd;
    size_t have, head, body; /* head: bytes up to the body, 0 before it is known */
    char *buffer;
};

static FILE *log_file;

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "sink: %s: %s\n", what, why);
    exit(1);
}

static void answer(const struct connection *c, const char *text)
{
    if (send(c->fd, text, strlen(text), MSG_NOSIGNAL) < 0 && errno != EPIPE && errno != ECONNRESET) fail("send", strerror(errno));
}

static void read_head(struct connection *c)
{
    char *end = memmem(c->buffer, c->have, "\r\n\r\n", 4);
    if (end == NULL) return;
    c->head = (size_t)(end - c->buffer) + 4;
    end[2] = '\0';
    char *length = strcasestr(c->buffer, "\r\nContent-Length:");
    if (length == NULL) fail("a request without Content-Length", c->buffer);
    c->body = strtoull(length + strlen("\r\nContent-Length:"), NULL, 10);
    if (c->head + c->body > BUFFER) fail("too long a request", c->buffer);
    if (strcasestr(c->buffer, "\r\nExpect: 100-continue") != NULL) answer(c, go_on);
}

static void keep(const struct connection *c)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    uint64_t head[] = {(uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec, c->body};
    if (fwrite(head, sizeof head, 1, log_file) != 1 || fwrite(c->buffer + c->head, 1, c->body, log_file) != c->body ||
        fflush(log_file) != 0)
        fail("file", strerror(errno));
}

static void pull(struct connection *c)
{
    ssize_t count = recv(c->fd, c->buffer + c->have, BUFFER - c->have, 0);
    if (count <= 0) {
        close(c->fd);
        c->fd = -1;
        return;
    }
    c->have += (size_t)count;
    if (c->head == 0) read_head(c);
    if (c->head == 0 || c->have < c->head + c->body) return;
    keep(c);
    answer(c, no_content);
    size_t whole = c->head + c->body;
    memmove(c->buffer, c->buffer + whole, c->have - whole);
    c->have -= whole;
    c->head = c->body = 0;
}

static void take(struct connection *connections, int fd)
{
    for (int i = 0; i < MAX_CONNECTIONS; i++) {
        if (connections[i].fd >= 0) continue;
        char *buffer = connections[i].buffer != NULL ? connections[i].buffer : malloc(BUFFER);
        if (buffer == NULL) fail("buffer", "no memory");
        connections[i] = (struct connection){.fd = fd, .buffer = buffer};
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
        return;
    }
    close(fd);
}

int main(int argc, char **argv)
{
    static struct connection connections[MAX_CONNECTIONS];
    static struct pollfd polls[MAX_CONNECTIONS + 1];
    if (argc != 3) fail("usage", "sink PORT FILE");
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[1])), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
    if (bind(listener, (struct sockaddr *)&here, sizeof here) != 0 || listen(listener, 16) != 0) fail("port", strerror(errno));
    log_file = fopen(argv[2], "we");
    if (log_file == NULL) fail(argv[2], strerror(errno));
    for (int i = 0; i < MAX_CONNECTIONS; i++) connections[i].fd = -1;
    for (;;) {
        polls[MAX_CONNECTIONS] = (struct pollfd){.fd = listener, .events = POLLIN};
        for (int i = 0; i < MAX_CONNECTIONS; i++) polls[i] = (struct pollfd){.fd = connections[i].fd, .events = POLLIN};
        poll(polls, MAX_CONNECTIONS + 1, -1);
        for (int i = 0; i < MAX_CONNECTIONS; i++)
            if (polls[i].revents != 0) pull(&connections[i]);
        int fd = polls[MAX_CONNECTIONS].revents & POLLIN ? accept(listener, NULL, NULL) : -1;
        if (fd >= 0) take(connections, fd);
    }
}
