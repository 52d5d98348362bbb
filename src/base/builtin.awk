# SPDX-License-Identifier: GPL-3.0-or-later
# Turns text files into a C table of strings: awk -v table=NAME -f builtin.awk FILE...
BEGIN {
    printf "/* Made from text files by builtin.awk. */\n#include \"base/builtin.h\"\n\n"
    printf "const BuiltinFile %s[] = {\n", table
}
FNR == 1 {
    if (NR > 1)
        printf "},\n"
    name = FILENAME
    sub(/.*\//, "", name)
    sub(/\.[a-z]*$/, "", name)
    printf "{\"%s\",\n\"\"", name
}
{
    line = $0
    gsub(/\\/, "\\\\", line)
    gsub(/"/, "\\\"", line)
    gsub(/\t/, "\\t", line)
    gsub(/\?/, "\\?", line)
    printf "\n\"%s\\n\"", line
}
END {
    if (NR > 0)
        printf "},\n"
    printf "{0, 0}};\n"
}
