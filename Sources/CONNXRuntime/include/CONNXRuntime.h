// ONNX Runtime's C API, found at run time.
#ifndef CONNXRUNTIME_H
#define CONNXRUNTIME_H
#endif
