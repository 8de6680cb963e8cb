using System.Collections;
using System.Text.Json.Nodes;
using Appliance.Service.Configuration;
using Appliance.Testing;

namespace Appliance.Service.Tests.Configuration;

public sealed class ServiceConfigurationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_EverythingWrong_IsListedAtOnce()
    {
        string file = _folder.Write("a.json", """{"mqtt":{"host":"other","password":"plain","tls":{"caFile":"/nope"},"embedded":{"listen":"0.0.0.0:1"},"fleet":["sing"]},"node":{"name":"A"},"capture":{"source":"file"}}""");
        string all = string.Join('\n', Assert.Throws<ConfigurationException>(() => ConfigurationReader.LoadForService(file, new Hashtable())).Problems);
        foreach (string part in new[] { "mqtt.password must be a reference", "mqtt.host other is another machine", "mqtt.tls has settings", "no file /nope", "mqtt.embedded.listen 0.0.0.0:1", "mqtt.fleet", "node.name", "capture.source file needs" })
        {
            Assert.Contains(part, all, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Show_NeverHoldsASecret()
    {
        const string Canary = "canary-4711";
        string secret = _folder.Write("secret", Canary);
        File.SetUnixFileMode(secret, UnixFileMode.UserRead);
        string file = _folder.Write("a.json", $$$"""{"mqtt":{"host":"localhost","username":"u","password":"file:{{{secret}}}"}}""");
        LoadedConfiguration loaded = ConfigurationReader.LoadForService(file, new Hashtable());
        Assert.Equal(Canary, loaded.Settings.Mqtt.Password!.Read());
        Assert.DoesNotContain(Canary, string.Join(' ', SettingKeys.InOrder.Select(key => key.Show(loaded.Settings)?.ToJsonString())), StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, loaded.Settings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Secret_ThatOthersCanRead_IsRefused()
    {
        string secret = _folder.Write("secret", "x");
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.True(SecretReference.TryParse("file:" + secret, out SecretReference? reference));
        Assert.Contains("chmod 600", Assert.Throws<ConfigurationException>(reference.Read).Message, StringComparison.Ordinal);
        Assert.False(SecretReference.TryParse("hunter2", out _));
        Assert.False(SecretReference.TryParse("credential:../x", out _));
        Assert.True(SecretReference.TryParse("env:NO_SUCH_VARIABLE_HERE", out reference));
        Assert.Contains("NO_SUCH_VARIABLE_HERE", Assert.Throws<ConfigurationException>(reference.Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Set_IsKeptOverTheFileAndUnderTheEnvironment()
    {
        string file = _folder.Write("a.json", $$$"""{"storage":{"directory":"{{{_folder.Path}}}"},"imaging":{"steps":5,"guidance":2}}""");
        RuntimeSettings settings = new(file, new Hashtable { ["APPLIANCE_IMAGING__GUIDANCE"] = "9" });
        SettingChange change = settings.Set(new JsonObject { ["imaging.steps"] = 7, ["imaging.guidance"] = 3 });
        Assert.Equal((7, 9.0), (settings.Current.Imaging.Steps, settings.Current.Imaging.Guidance));
        Assert.Equal(["imaging.guidance"], change.Overridden);
        RuntimeSettings again = new(file, new Hashtable());
        Assert.Equal((7, 3.0), (again.Current.Imaging.Steps, again.Current.Imaging.Guidance));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["settings.json"]));
    }

    [Fact]
    public void Set_OneOfSeveralWrong_ChangesNothing()
    {
        RuntimeSettings settings = new(_folder.Write("a.json", $$$"""{"storage":{"directory":"{{{_folder.Path}}}"}}"""), new Hashtable());
        Assert.Throws<SettingException>(() => settings.Set(new JsonObject { ["imaging.steps"] = 7, ["imaging.width"] = "wide" }));
        Assert.True(Assert.Throws<SettingException>(() => settings.Set(new JsonObject { ["imaging.steps"] = 7, ["mqtt.host"] = "x" })).IsForbidden);
        Assert.Null(settings.Current.Imaging.Steps);
        Assert.False(File.Exists(_folder["settings.json"]));
    }

    [Fact]
    public void Settings_DamagedFile_ArePassedOverAndTold()
    {
        string file = _folder.Write("a.json", $$$"""{"storage":{"directory":"{{{_folder.Path}}}"}}""");
        _folder.Write("settings.json", "{ not json");
        Assert.NotEmpty(new RuntimeSettings(file, new Hashtable()).Warnings);
        _folder.Write("settings.json", """{"mqtt":{"host":"evil"},"imaging":{"steps":4}}""");
        RuntimeSettings settings = new(file, new Hashtable());
        Assert.Equal((null, 4), (settings.Current.Mqtt.Host, settings.Current.Imaging.Steps));
        Assert.Contains("mqtt.host", Assert.Single(settings.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Settable_AreThoseOfTheContract()
    {
        string[] expected =
        [
            "speech.model", "speech.language", "speech.languages", "speech.beamSize", "speech.audioContext", "speech.initialPrompt", "speech.hotwords", "speech.streaming", "speech.fallbackModel",
            "capture.device", "capture.channel", "capture.mode", "capture.levelThreshold", "capture.phrases",
            "imaging.model", "imaging.steps", "imaging.guidance", "imaging.scheduler", "imaging.width", "imaging.height", "imaging.safetyChecker", "storage.retentionDays",
        ];
        Assert.Equal(expected.Order(), SettingKeys.Settable.Order());
    }

    [Fact]
    public void Schema_Shipped_IsThatOfTheProgram() => Assert.True(JsonNode.DeepEquals(
        ConfigurationSchema.Create(), JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryFolder.Path, "rootfs/usr/share/appliance/appliance.schema.json")))),
        "write it anew: appliance config schema >rootfs/usr/share/appliance/appliance.schema.json");

    [Fact]
    public void Names_OfNodes_AreMadeOfTheMachineId()
    {
        string name = NodeName.Of(new NodeSettings(), _folder.Path);
        Assert.Matches("^node-[0-9a-f]{8}$", name);
        Assert.Equal(name, NodeName.Of(new NodeSettings(), _folder.Path));
        Assert.Equal("desk", NodeName.Of(new NodeSettings { Name = "desk" }, _folder.Path));
    }
}
