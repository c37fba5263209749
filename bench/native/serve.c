/* Sends the same bytes to whoever asks, whatever he asks for: what the machine and its kernel take for an answer of that size, and nothing else.
 *
 *   serve PORT FILE        FILE is the body
 *
 * On one thread, one connection after the other, each kept until its client closes it. Runs until it is killed. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "serve: %s: %s\n", what, why);
    exit(1);
}

/* Head and body in one piece. */
static char *read_answer(const char *path, size_t *size)
{
    struct stat file;
    FILE *body = fopen(path, "rb");
    if (!body || fstat(fileno(body), &file) != 0) fail(path, strerror(errno));
    char *answer = malloc((size_t)file.st_size + 128);
    if (!answer) fail(path, "no memory");
    size_t head = (size_t)sprintf(answer, "HTTP/1.1 200 OK\r\nContent-Length: %lld\r\n\r\n", (long long)file.st_size);
    if (fread(answer + head, 1, (size_t)file.st_size, body) != (size_t)file.st_size) fail(path, "is shorter than it was");
    fclose(body);
    *size = head + (size_t)file.st_size;
    return answer;
}

static int send_whole(int client, const char *answer, size_t size)
{
    for (size_t sent = 0; sent < size;) {
        ssize_t wrote = send(client, answer + sent, size - sent, MSG_NOSIGNAL);
        if (wrote < 0) return -1;
        sent += (size_t)wrote;
    }
    return 0;
}

int main(int count, char **words)
{
    if (count != 3) fail("usage", "serve PORT FILE");
    size_t size;
    char *answer = read_answer(words[2], &size), request[8192];
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(words[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
    if (bind(server, (struct sockaddr *)&here, sizeof here) != 0 || listen(server, 16) != 0) fail(words[1], strerror(errno));
    for (;;) {
        int client = accept(server, NULL, NULL);
        if (client < 0) fail("accept", strerror(errno));
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
        /* A request of ours is one segment: load.c sends it with one call. */
        while (recv(client, request, sizeof request, 0) > 0 && send_whole(client, answer, size) == 0) {}
        close(client);
    }
}
