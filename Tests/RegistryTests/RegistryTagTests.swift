import Registry
import Testing

struct RegistryTagTests {
    @Test(
        "Tags are read and written back",
        arguments: [
            "digits@v0.0.1", "digits@v0.0.1!", "digits@v0.0.1#7", "digits@v0.0.1!#7", "digits#prod", "digits#prod!",
            "digits#prod#1", "digits#prod!#3", "digits@deprecated", "digits@deprecated#2", "a@v1.0.0", "d#1", "d#1#1",
            "models/sub=digits@v1.2.3-rc.1", "models.x/_sub=digits#stage-a/b#12", "a/b_c-d#s",
        ]
    )
    func roundTrip(text: String) {
        #expect(RegistryTag(text)?.description == text)
    }

    @Test(
        "Tags about something else are left alone",
        arguments: [
            "", "v1.0.0", "digits", "digits@", "digits@1.0.0", "digits@v1.0", "digits#", "digits#prod#",
            "digits#prod#x",
            "digits#prod#1#2", "digits#!", "digits@v1.0.0!!", "digits@created", "-digits@v1.0.0", "digits-@v1.0.0",
            "a=b=c@v1.0.0", "=c@v1.0.0", "b=@v1.0.0", "digïts@v1.0.0", "a b@v1.0.0", "a:b@v1.0.0", "digits@deprecated!",
            "digits#prod!#", "@v1.0.0", "#prod",
        ]
    )
    func ignored(text: String) {
        #expect(RegistryTag(text) == nil)
    }

    @Test("A folder stands before a colon in names and before an equals sign in tags")
    func folders() throws {
        let name = try #require(ModelName("models/sub:digits"))
        #expect(name.folder == "models/sub" && name.name == "digits")
        #expect(RegistryTag(model: name, action: .deprecate).description == "models/sub=digits@deprecated")
        #expect(RegistryTag("models/sub=digits@deprecated")?.model == name)
        #expect(ModelName("models/sub/dvc.yaml:digits") == name)
        #expect(ModelName("dvc.yaml:digits") == ModelName("digits"))
        for text in ["", "a b", "a:", ":a", "a/", "é", "x:a\n", "../ä:a"] { #expect(ModelName(text) == nil, "\(text)") }
    }

    @Test("A counter beyond all numbers is none")
    func hugeCounter() {
        let tag = RegistryTag("digits#prod#99999999999999999999999")
        #expect(tag != nil && tag?.counter == nil)
    }
}
