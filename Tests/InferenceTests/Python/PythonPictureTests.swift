import Foundation
import Inference
import Testing

@Suite(.enabled(if: Python.withPillow != nil, "needs a Python with Pillow, see APUS_PYTHON"))
struct PythonPictureTests {
    @Test func picturesAreDecodedAndEncoded() throws {
        let code = """
            from PIL import Image

            class Model:
                def size(self, image: Image.Image) -> list[int]:
                    return list(image.size)

                def sample(self, width: int) -> Image.Image:
                    return Image.new("L", (width, 2))
            """
        try PythonProject(code).serve(python: Python.withPillow) { model throws in
            let picture = try model.call("sample", CallArguments(json: Array(#"{"width": 3}"#.utf8)), deadline: nil)
            #expect(picture.contentType == "image/png" && picture.body.starts(with: [0x89, 0x50, 0x4E, 0x47]))
            #expect(model.methods[0].parameters[0].kind == .image)
            let part = CallArguments.Part(name: "image", contentType: "image/png", fileName: nil, bytes: picture.body)
            #expect(try model.call("size", CallArguments(parts: [part]), deadline: nil).body == Array("[3, 2]".utf8))
            let broken = CallArguments.Part(name: "image", contentType: nil, fileName: nil, bytes: [1, 2, 3])
            #expect(throws: InferenceError.invalidInput("image: no picture: cannot identify image file the bytes")) {
                try model.call("size", CallArguments(parts: [broken]), deadline: nil)
            }
        }
    }
}
