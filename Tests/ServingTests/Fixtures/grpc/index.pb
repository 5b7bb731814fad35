

echo2READY