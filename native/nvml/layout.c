/* The manifest of layouts as this compiler laid them out: lines `type.member offset size` and `type size`. Another
 * language's binding compares its own with it. */
#include "nvml_abi.h"

#include <stddef.h>
#include <stdio.h>

struct manifest_row {
    const char *text;
    unsigned offset, size;
};

#define TYPE(type) {#type, (unsigned)-1, sizeof(type)},
#define MEMBER(type, member) {#type "." #member, offsetof(type, member), sizeof(((type *)0)->member)},

static const struct manifest_row rows[] = {
#include "layout.def"
#include "layout_since_555.def"
};

NVML_EXPORT const char *forewarn_sim_layout(void);

const char *forewarn_sim_layout(void)
{
    static char text[sizeof rows / sizeof *rows * 80];
    size_t used = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct manifest_row *row = &rows[i];
        int n = row->offset == (unsigned)-1 ? snprintf(text + used, sizeof text - used, "%s %u\n", row->text, row->size)
                                            : snprintf(text + used, sizeof text - used, "%s %u %u\n", row->text, row->offset, row->size);
        used += n > 0 ? (size_t)n : 0;
    }
    return text;
}
