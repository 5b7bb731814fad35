# Manifest order is by code point of the whole path; non-ASCII is escaped.
mkdir -p data/a data/a-b
echo 1 >'data/é.txt'
echo 2 >'data/😀.txt'
echo 3 >data/a/x
echo 4 >data/a-b/x
echo 5 >data/a.txt
echo 6 >data/A
echo 7 >'data/with space'
echo 8 >'data/quote"back\slash'
echo 9 >"data/$(printf 'tab\there')"
echo 10 >'data/～ﬁ'
printf 'del' >"data/$(printf 'x\177y')"
dvc add data
