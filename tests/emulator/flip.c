/* A worn-out memory, to be preloaded under whatever writes to a watch: of the file with the number FLIP, counted from 1
 * among those written below a folder NewFiles, one byte is another one than was to be written. Compiled without headers.
 */

typedef unsigned long size_t;
typedef long ssize_t;

extern int atoi(const char *text);
extern char *getenv(const char *name);
extern int snprintf(char *text, size_t size, const char *format, ...);
extern ssize_t readlink(const char *path, char *target, size_t size);
extern int strcmp(const char *one, const char *other);
extern char *strcpy(char *to, const char *from);
extern char *strstr(const char *text, const char *part);
extern void *memcpy(void *to, const void *from, size_t size);
extern long syscall(long number, ...);

#define WRITE 1
#define LONGEST 4096
#define MOST 65536

static int files;
static char last[LONGEST];

static int is_next_file(int descriptor)
{
    char link[64], path[LONGEST];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    if (!strstr(path, "/NewFiles/") || !strcmp(path, last))
        return 0;
    strcpy(last, path);
    return 1;
}

ssize_t write(int descriptor, const void *data, size_t size)
{
    const char *flipped = getenv("FLIP");
    static char copy[MOST];
    if (!flipped || !size || size > sizeof copy || !is_next_file(descriptor) || ++files != atoi(flipped))
        return syscall(WRITE, descriptor, data, size);
    memcpy(copy, data, size);
    copy[size / 2] ^= 1;
    return syscall(WRITE, descriptor, copy, size);
}
