# Commands with quotes, dollars and several words.
# compare: stdout
dvc stage add -n one 'echo "a b" $HOME > x'
dvc stage add -n two echo 'a b' '$HOME' ';' "it's"
dvc stage add -n three 'echo a: b'
dvc stage add -n four '# comment'
dvc stage add -n five 'echo 1
echo 2'
dvc stage add -n six 'echo \${HOME} é 😀'
dvc stage add -n seven "echo 'single' \"double\" \\\\ back"
dvc stage list
