#include <stdio.h>
#include <string.h>
static int count(const char *text, char c) { int n = 0; for (; *text; text++) n += *text == c; return n; }
int main(void) { char text[2000]; memset(text, 'x', sizeof text - 1); text[1999] = 0; int n = 0; for (int i = 0; i < 50; i++) n += count(text, 'x'); printf("%d\n", n); return 0; }
