import Deployments
import Testing
import Values

@Suite struct StrategicMergeTests {
    private func merged(_ patch: String, _ original: String) throws -> Value {
        StrategicMerge.merge(try yaml(patch), into: try yaml(original))
    }

    @Test func mappingsAreMergedAndNullRemoves() throws {
        #expect(try merged("{a: {b: 2, c: null}}", "{a: {b: 1, c: 1, d: 1}}") == yaml("{a: {b: 2, d: 1}}"))
    }

    @Test func containersAreMergedByName() throws {
        let original = "{containers: [{name: server, image: a, env: [{name: X, value: '1'}, {name: Y, value: '2'}]}]}"
        let patch = "{containers: [{name: server, env: [{name: Y, value: '3'}]}, {name: side, image: b}]}"
        let wanted =
            "{containers: [{name: server, image: a, env: [{name: X, value: '1'}, {name: Y, value: '3'}]}, {name: side, image: b}]}"
        #expect(try merged(patch, original) == yaml(wanted))
    }

    @Test func portsHaveTheKeyOfTheirPlace() throws {
        let container = "{containers: [{name: s, ports: [{containerPort: 1, name: a}, {containerPort: 2}]}]}"
        let patch = "{containers: [{name: s, ports: [{containerPort: 1, name: b}]}]}"
        let wanted = "{containers: [{name: s, ports: [{containerPort: 1, name: b}, {containerPort: 2}]}]}"
        #expect(try merged(patch, container) == yaml(wanted))
        #expect(
            try merged("{spec: {ports: [{port: 80, nodePort: 30000}]}}", "{spec: {ports: [{port: 80, name: http}]}}")
                == yaml("{spec: {ports: [{port: 80, name: http, nodePort: 30000}]}}")
        )
    }

    @Test func elementsAreDeletedAndListsReplaced() throws {
        let original = "{containers: [{name: a}, {name: b}]}"
        #expect(try merged("{containers: [{name: a, $patch: delete}]}", original) == yaml("{containers: [{name: b}]}"))
        let replaced = try merged("{containers: [{$patch: replace}, {name: c}]}", original)
        #expect(try replaced == yaml("{containers: [{name: c}]}"))
        #expect(try merged("{a: {$patch: replace, y: 2}}", "{a: {x: 1}}") == yaml("{a: {y: 2}}"))
    }

    @Test func listsWithoutKeysAreReplaced() throws {
        #expect(
            try merged("{tolerations: [{key: b}]}", "{tolerations: [{key: a}]}") == yaml("{tolerations: [{key: b}]}")
        )
        #expect(try merged("{args: [x]}", "{args: [a, b]}") == yaml("{args: [x]}"))
    }

    @Test func aVolumeOfAnotherKindTakesThePlaceOfTheOldOne() throws {
        let original = "{volumes: [{name: tmp, emptyDir: {}}]}"
        let patch = "{volumes: [{name: tmp, persistentVolumeClaim: {claimName: c}}]}"
        #expect(try merged(patch, original) == yaml(patch))
        let sized = "{volumes: [{name: tmp, emptyDir: {sizeLimit: 1Gi}}]}"
        #expect(try merged(sized, original) == yaml(sized))
    }

    @Test func aVariableFromASecretLosesItsValue() throws {
        let patch = "{env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]}"
        #expect(try merged(patch, "{env: [{name: A, value: x}]}") == yaml(patch))
    }

    @Test func recreatingHasNoRollingUpdate() throws {
        #expect(
            try merged(
                "{strategy: {type: Recreate}}",
                "{strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}}"
            )
                == yaml("{strategy: {type: Recreate}}")
        )
    }

    @Test func primitivesAreDeletedFromLists() throws {
        #expect(
            try merged("{$deleteFromPrimitiveList/finalizers: [a]}", "{finalizers: [a, b]}")
                == yaml("{finalizers: [b]}")
        )
        #expect(try merged("{x: {$retainKeys: [a], a: 1}}", "{x: {a: 0, b: 0}}") == yaml("{x: {a: 1}}"))
    }
}
