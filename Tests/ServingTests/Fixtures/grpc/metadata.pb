
echo12onnx_onnxv1"
imageFP32ÿÿÿÿÿÿÿÿÿ*
labelINT64
ÿÿÿÿÿÿÿÿÿ*$
scoresFP32ÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿ*"
scores.labelsINT64
ÿÿÿÿÿÿÿÿÿ