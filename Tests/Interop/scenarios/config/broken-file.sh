# A file that cannot be parsed, and one with an unknown section.
printf '[core\nremote = x\n' >.dvc/config
dvc status
printf '[nosuch]\nkey = x\n' >.dvc/config
dvc status
printf '[core]\nnosuch = x\n' >.dvc/config
dvc status
printf '[cache]\ntype = teleport\n' >.dvc/config
dvc status
