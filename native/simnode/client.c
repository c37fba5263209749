/* The commands that talk to a running node. */
#include "simnode.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int client_request(const char *root, const char *line)
{
    int fd = connect_control(root);
    if (fd < 0) {
        fprintf(stderr, "forewarn-simnode: no node answers in %s: %s\n", root, strerror(errno));
        return 1;
    }
    if (strchr(line, '\n') != NULL || dprintf(fd, "%s\n", line) < 0) {
        fprintf(stderr, "forewarn-simnode: a request is one line\n");
        close(fd);
        return 1;
    }
    FILE *answer = fdopen(fd, "r");
    char *text = NULL;
    size_t capacity = 0;
    int result = 1;
    while (answer != NULL && getline(&text, &capacity, answer) > 0) {
        bool failed = strncmp(text, "error: ", 7) == 0;
        fputs(text, failed ? stderr : stdout);
        if (failed || strcmp(text, "ok\n") == 0) {
            result = failed ? 1 : 0;
            break;
        }
    }
    free(text);
    if (answer != NULL) fclose(answer);
    return result;
}
