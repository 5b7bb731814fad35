import CProcess

/// The temporary files of this process, which go when a signal ends it.
package enum Temporaries {
    /// From now on an interrupt ends the process with DVC's exit code 252 and a closed pipe with 141, and these and
    /// other signals remove the noted files first.
    package static func endCleanly() { apus_end_cleanly() }

    /// Notes the file at an absolute path; the answer is for ``forget(_:)``.
    package static func note(_ path: String) -> Int32 { apus_note_temporary("", path) }

    /// Notes the file of a name in, or a path from, the folder at an absolute path.
    package static func note(_ name: UnsafePointer<CChar>, in folder: String) -> Int32 {
        apus_note_temporary(folder, name)
    }

    /// To be called when the file has its final name, or is gone.
    package static func forget(_ note: Int32) { apus_forget_temporary(note) }
}
