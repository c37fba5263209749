/* Sends one HTTP request again and again on a few connections and says how fast the answers came. In C and on one thread, so
 * that as little as possible of what is measured is the client's.
 *
 *   load PORT CONNECTIONS SECONDS REQUEST      REQUEST is a file with the bytes to send
 *
 * A connection that the server closes after its answer (HTTP/1.0) is opened anew, and that is part of the next answer's time.
 * Prints `answers seconds p50 p99 bytes`: times in seconds from the first byte sent to the last one read, bytes of the last
 * answer's body. Ends with 1 when an answer is not of the 2xx kind. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_CONNECTIONS = 64, BUFFER = 8 * 1024 * 1024, UNTIL_CLOSED = -1, CHUNKED = -2 };

struct connection {
    int fd;
    int64_t began;
    size_t sent, have, head; /* head: bytes up to the body, 0 before it is known */
    long body;               /* bytes, or one of the two above */
    char *buffer;
};

static struct sockaddr_in server;
static char *request;
static size_t request_size;
static double *times;
static size_t answers, room, last_body;

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "load: %s: %s\n", what, why);
    exit(1);
}

static void open_connection(struct connection *c)
{
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&server, sizeof server) != 0) fail("connect", strerror(errno));
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
}

/* Sends as much as the server takes; what is left goes when it can be written again. */
static void push(struct connection *c)
{
    while (c->sent < request_size) {
        ssize_t count = send(c->fd, request + c->sent, request_size - c->sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
        if (count < 0) fail("send", strerror(errno));
        c->sent += (size_t)count;
    }
}

static void begin(struct connection *c)
{
    c->began = now_ns();
    c->sent = c->have = c->head = 0;
    if (c->fd < 0) open_connection(c);
    push(c);
}

/* The value of a header, in the head that ends with NUL; NULL without it. */
static const char *header(const char *head, const char *name)
{
    for (const char *line = strstr(head, "\r\n"); line != NULL; line = strstr(line + 2, "\r\n"))
        if (strncasecmp(line + 2, name, strlen(name)) == 0 && line[2 + strlen(name)] == ':') return line + 3 + strlen(name);
    return NULL;
}

static void read_head(struct connection *c)
{
    char *end = memmem(c->buffer, c->have, "\r\n\r\n", 4);
    if (end == NULL) return;
    c->head = (size_t)(end - c->buffer) + 4;
    end[2] = '\0';
    if (c->have < 12 || c->buffer[9] != '2') fail("answered", c->buffer);
    const char *length = header(c->buffer, "Content-Length"), *coding = header(c->buffer, "Transfer-Encoding");
    bool without = strncmp(c->buffer + 9, "204", 3) == 0;
    c->body = without ? 0 : length != NULL ? strtol(length, NULL, 10) : coding != NULL ? CHUNKED : UNTIL_CLOSED;
}

static bool is_whole(const struct connection *c, bool closed)
{
    if (c->head == 0) return false;
    if (c->body == CHUNKED) return c->have >= c->head + 5 && memcmp(c->buffer + c->have - 5, "0\r\n\r\n", 5) == 0;
    return c->body == UNTIL_CLOSED ? closed : c->have >= c->head + (size_t)c->body;
}

static void note(struct connection *c)
{
    if (answers == room) {
        room = 2 * room + 4096;
        times = realloc(times, room * sizeof *times);
        if (times == NULL) fail("times", "no memory");
    }
    times[answers++] = (double)(now_ns() - c->began) / 1e9;
    last_body = c->have - c->head;
}

/* False while the answer is not yet complete. */
static bool pull(struct connection *c)
{
    ssize_t count = recv(c->fd, c->buffer + c->have, BUFFER - c->have, MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return false;
    if (count < 0 || c->have + (size_t)count == BUFFER) fail("recv", count < 0 ? strerror(errno) : "too long an answer");
    c->have += (size_t)count;
    if (c->head == 0) read_head(c);
    bool whole = is_whole(c, count == 0);
    if (whole) note(c);
    bool closing = whole && (c->body == UNTIL_CLOSED || strncmp(c->buffer, "HTTP/1.0", 8) == 0);
    if (count == 0 || closing) {
        close(c->fd);
        c->fd = -1;
        if (!whole && c->have > 0) fail("recv", "the server closed the connection in its answer");
    }
    return whole || count == 0; /* closed before the answer began: an idle connection's end; it is asked again */
}

static void read_request(const char *path)
{
    FILE *file = fopen(path, "re");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) fail(path, strerror(errno));
    request_size = (size_t)ftell(file);
    rewind(file);
    request = malloc(request_size + 1);
    if (request == NULL || fread(request, 1, request_size, file) != request_size) fail(path, "cannot be read");
    fclose(file);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    static struct connection connections[MAX_CONNECTIONS];
    static struct pollfd polls[MAX_CONNECTIONS];
    if (argc != 5) fail("usage", "load PORT CONNECTIONS SECONDS REQUEST");
    int count = atoi(argv[2]);
    if (count < 1 || count > MAX_CONNECTIONS) fail("usage", "1 to 64 connections");
    server = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[1])), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    read_request(argv[4]);

    int64_t start = now_ns(), end = start + (int64_t)(atof(argv[3]) * 1e9);
    for (int i = 0; i < count; i++) {
        connections[i] = (struct connection){.fd = -1, .buffer = malloc(BUFFER)};
        if (connections[i].buffer == NULL) fail("buffer", "no memory");
        begin(&connections[i]);
    }
    /* Every request that was begun is waited for: a server that still works on one would disturb what is measured next. */
    for (int open = count; open > 0;) {
        for (int i = 0; i < count; i++) {
            bool sending = connections[i].sent < request_size;
            polls[i] = (struct pollfd){.fd = connections[i].fd, .events = (short)(POLLIN | (sending ? POLLOUT : 0))};
        }
        poll(polls, (nfds_t)count, 100);
        for (int i = 0; i < count; i++) {
            if (polls[i].revents & POLLOUT) push(&connections[i]);
            if ((polls[i].revents & (POLLIN | POLLHUP | POLLERR)) == 0 || !pull(&connections[i])) continue;
            if (now_ns() < end) {
                begin(&connections[i]);
                continue;
            }
            if (connections[i].fd >= 0) close(connections[i].fd);
            connections[i].fd = -1; /* poll(2) passes it over */
            open--;
        }
    }
    double seconds = (double)(now_ns() - start) / 1e9;
    if (answers == 0) fail("no answer", argv[4]);
    qsort(times, answers, sizeof *times, by_size);
    printf("%zu %.9f %.9f %.9f %zu\n", answers, seconds, times[answers / 2], times[answers * 99 / 100], last_body);
    return 0;
}
