/* ECC counts as NVML splits them; shared by ecc.c and the field values. */
#ifndef FOREWARN_NVML_ECC_H
#define FOREWARN_NVML_ECC_H

#include "call.h"

enum ecc_place { ECC_L1, ECC_L2, ECC_DRAM, ECC_REGISTER_FILE, ECC_TEXTURE, ECC_TEXTURE_SHARED, ECC_CBU, ECC_SRAM };

/* -1 where the card keeps no such count: since Turing it tells DRAM from SRAM only. */
int64_t ecc_count(const struct call *call, bool uncorrected, bool aggregate, enum ecc_place place);
uint64_t ecc_total(const struct call *call, bool uncorrected, bool aggregate);

#endif
