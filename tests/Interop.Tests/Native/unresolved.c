/* A library whose dependency is not there: it must fail when it is loaded, not at the first call. */
int nobody_exports_this(void);
int nvmlInit_v2(void);

int nvmlInit_v2(void)
{
    return nobody_exports_this();
}
