import Foundation
import Testing

@testable import Inference

@Suite(.enabled(if: TestRuntime.isAvailable, Comment(rawValue: TestRuntime.reason)))
struct ModelLoadingTests {
    private func failure(_ path: String) -> String {
        do {
            _ = try ONNXModel(path: path, runtime: #require(TestRuntime.shared))
            return "it loads"
        } catch {
            return "\(error)"
        }
    }

    private func failure(of content: Data) throws -> String {
        let path = NSTemporaryDirectory() + "model-\(UUID().uuidString).onnx"
        try content.write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        return failure(path).replacingOccurrences(of: path, with: "PATH")
    }

    @Test func whatIsNoModelIsTold() throws {
        let whole = try Data(contentsOf: URL(fileURLWithPath: fixture("digits_lr.onnx")))
        #expect(try failure(of: Data()) == "the model 'PATH' is empty")
        let text = try failure(of: Data("hello, I am a text\n".utf8))
        #expect(
            text.hasPrefix("cannot load the model 'PATH': it is not an ONNX model, or it is damaged (ONNX Runtime ")
        )
        #expect(failure("/nowhere/model.onnx") == "there is no model at '/nowhere/model.onnx'")
        #expect(failure(NSTemporaryDirectory()).hasSuffix("is not a file"))
        for length in [1, 7, 100, whole.count / 2, whole.count - 1] {
            let text = try failure(of: whole.prefix(length))
            #expect(text.hasPrefix("cannot load the model 'PATH': "), "\(length): \(text)")
            #expect(!text.contains(".cc:") && !text.contains("\n"), "\(text)")
        }
    }

    @Test func anyFlippedByteIsSurvived() throws {
        let whole = try Data(contentsOf: URL(fileURLWithPath: fixture("rows.onnx")))
        for index in whole.indices {
            var changed = whole
            changed[index] ^= 0x55
            _ = try failure(of: changed)
        }
    }

    @Test func dataOutsideOfTheFolderIsRefused() throws {
        #expect(failure(fixture("external.onnx")) == "it loads")
        #expect(
            failure(fixture("outside-parent.onnx")).hasSuffix(
                "it wants data from '../secret.bin', outside of its folder"
            )
        )
        #expect(
            failure(fixture("outside-absolute.onnx")).hasSuffix(
                "it wants data from '/etc/hostname', outside of its folder"
            )
        )
        #expect(
            failure(fixture("outside-hidden.onnx")).hasSuffix(
                "it wants data from 'x/../../secret.bin', outside of its folder"
            )
        )
        #expect(failure(fixture("outside-missing.onnx")).hasSuffix("its data file 'nowhere.bin' is missing"))
    }

    @Test func dataBehindALinkToOutsideIsRefused() throws {
        let folder = NSTemporaryDirectory() + "linked-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.copyItem(atPath: fixture("external.onnx"), toPath: folder + "/external.onnx")
        try FileManager.default.createSymbolicLink(
            atPath: folder + "/external.bin",
            withDestinationPath: fixture("external.bin")
        )
        #expect(
            failure(folder + "/external.onnx").hasSuffix(
                "its data file 'external.bin' is a link to outside of its folder"
            )
        )
    }

    @Test func kindsThatCannotBeServedAreTold() {
        #expect(
            failure(fixture("unserved.onnx")).hasSuffix(
                "the input 's' is a sequence, and only tensors can be sent in a request"
            )
        )
        #expect(
            failure(fixture("maybe.onnx")).hasSuffix(
                "the input 's' is optional, and only tensors can be sent in a request"
            )
        )
    }

    @Test func aMissingLibraryIsToldWithItsRemedy() {
        func text(_ location: ONNXRuntimeLocation) -> String {
            do {
                _ = try ONNXRuntime.load(location)
                return "it loads"
            } catch {
                return "\(error); \(error.hint ?? "")"
            }
        }
        let none = ONNXRuntimeLocation(virtualEnvironments: ["/nowhere"], systemFolders: ["/nowhere"])
        #expect(text(none).contains("; 'pip install onnxruntime'"))
        #expect(text(ONNXRuntimeLocation(explicit: "/nowhere/lib.so")).contains("'/nowhere/lib.so'"))
        #expect(text(ONNXRuntimeLocation(explicit: fixture("README.md"))).contains("README.md"))
        #expect(
            text(ONNXRuntimeLocation(explicit: "/lib/x86_64-linux-gnu/libm.so.6")).contains("it is not ONNX Runtime")
        )
    }

    @Test func wheelsAreFoundByEnvironmentAndInterpreter() throws {
        let root = NSTemporaryDirectory() + "venv-\(UUID().uuidString)"
        let folder = root + "/lib/python3.12/site-packages/onnxruntime/capi"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        for name in ["libonnxruntime.so.1.9.0", "libonnxruntime.so.1.32.0", "libonnxruntime_providers_shared.so"] {
            try Data().write(to: URL(fileURLWithPath: folder + "/" + name))
        }
        let found = [folder + "/libonnxruntime.so.1.32.0", folder + "/libonnxruntime.so.1.9.0"]
        #expect(ONNXRuntimeLocation(virtualEnvironments: [root], systemFolders: []).candidates == found)
        #expect(ONNXRuntimeLocation(interpreter: root + "/bin/python", systemFolders: []).candidates == found)
        #expect(ONNXRuntimeLocation(explicit: folder).candidates == found)
    }
}
