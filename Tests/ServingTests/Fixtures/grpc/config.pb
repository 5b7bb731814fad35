
…
echoonnx_onnxv1  *
image"ÿÿÿÿÿÿÿÿÿ2
label	
ÿÿÿÿÿÿÿÿÿ2 
scoresÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿ2
scores.labels	
ÿÿÿÿÿÿÿÿÿ