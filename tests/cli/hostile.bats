# A value arrives exactly as it was given, whatever it looks like: as VALUE, as KEY, by argument, by file, alone, in
# company. hostile.py holds the table and prints what did not come back.
load helper

@test "hostile strings as VALUE come back byte for byte" { hostile values; }

@test "hostile strings as KEY come back byte for byte" { hostile keys; }

@test "hostile strings in assignments and from standard input come back byte for byte" { hostile assignments; }

@test "hostile strings as fields of a document, by key and by selector, come back byte for byte" { hostile imports; }

@test "hostile strings all in one file, as keys, values and list items" { hostile together; }

@test "nothing hostile reaches a terminal or a log but by get of a string, keys and --dry-run" { hostile shown; }
