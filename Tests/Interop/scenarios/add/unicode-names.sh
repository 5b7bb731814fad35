# Files with non-ASCII and unusual names at the top.
echo 1 >'é.txt'
echo 2 >'😀'
echo 3 >'with space.txt'
echo 4 >'-dash'
echo 5 >'#hash'
echo 6 >'!bang'
echo 7 >'star*q?'
echo 8 >"it's"
echo 9 >'a: b'
dvc add 'é.txt' '😀' 'with space.txt'
dvc add -- -dash
dvc add '#hash' '!bang'
dvc add 'star*q?'
dvc add "it's"
dvc add 'a: b'
dvc status -q
