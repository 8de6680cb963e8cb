using System.Collections;
using Appliance.Service.Configuration;
using Appliance.Speech.Recognition;

namespace Appliance.Service.Tests.Configuration;

public sealed class ConfigurationReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("appliance-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_NothingGiven_GivesDefaults()
    {
        ApplianceSettings settings = ConfigurationReader.Read(Write("{}"), new Hashtable());

        Assert.Equal("whisper-base", settings.Speech.Model);
        Assert.Null(settings.Speech.Language);
        Assert.Equal(1, settings.Speech.BeamSize);
        Assert.True(settings.Speech.AudioContext.IsAuto);
        Assert.Equal(["tensorrt", "cuda", "cpu"], settings.Inference.Providers);
        Assert.Equal(0, settings.Inference.Threads);
        Assert.Equal("/var/lib/appliance/models", settings.Models.Roots[0]);
        Assert.Equal("/usr/share/appliance/models", settings.Models.Roots[1]);
    }

    [Fact]
    public void Read_Capture_TakesEveryKey()
    {
        string file = Write("""
            {
              "speech": { "streaming": "local-agreement", "fallbackModel": "whisper-tiny" },
              "capture": { "source": "auto", "device": "hw:CARD=C920", "channel": 1, "mode": "level", "levelThreshold": -32.5,
                           "phrases": ["hello kitchen", "computer"], "file": "/clips/a.flac", "deviceRoot": "/dev/other" }
            }
            """);
        ApplianceSettings settings = ConfigurationReader.Read(file, new Hashtable());
        Assert.Equal(("local-agreement", "whisper-tiny"), (settings.Speech.Streaming, settings.Speech.FallbackModel));
        CaptureSettings capture = settings.Capture;
        Assert.Equal(("auto", "hw:CARD=C920", 1, "level", -32.5), (capture.Source, capture.Device, capture.Channel, capture.Mode, capture.LevelThreshold));
        Assert.Equal(["hello kitchen", "computer"], capture.Phrases);
        Assert.Equal(("/clips/a.flac", "/dev/other"), (capture.File, capture.DeviceRoot));
    }

    [Fact]
    public void Read_CaptureOfTheEnvironment_Wins()
    {
        ApplianceSettings settings = ConfigurationReader.Read(Write("""{ "capture": { "channel": 1, "source": "file" } }"""), new Hashtable
        {
            ["APPLIANCE_CAPTURE__CHANNEL"] = "mix",
            ["appliance_capture__source"] = "stdin",
            ["APPLIANCE_CAPTURE__LEVELTHRESHOLD"] = "-20",
            ["APPLIANCE_CAPTURE__PHRASES"] = "one, two",
        });
        Assert.Equal(((int?)null, "stdin", -20.0), (settings.Capture.Channel, settings.Capture.Source, settings.Capture.LevelThreshold));
        Assert.Equal(["one", "two"], settings.Capture.Phrases);
    }

    [Theory]
    [InlineData("source", "\"radio\"", "one of alsa, auto, file, stdin")]
    [InlineData("mode", "\"always\"", "one of continuous, level, push-to-talk")]
    [InlineData("levelThreshold", "3", "a level in dBFS")]
    [InlineData("channel", "64", "mix or a channel")]
    [InlineData("devise", "\"x\"", "did you mean device?")]
    public void Read_WrongCaptureValue_SaysWhatItMustBe(string key, string value, string expected)
    {
        ConfigurationException fault = Assert.Throws<ConfigurationException>(
            () => ConfigurationReader.Read(Write($$"""{ "capture": { "{{key}}": {{value}} } }"""), new Hashtable()));
        Assert.Contains(expected, Assert.Single(fault.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_File_TakesEveryKey()
    {
        string file = Write("""
            {
              // comments and trailing commas are fine
              "models": { "roots": ["/a", "/b"] },
              "inference": { "providers": ["cpu"], "threads": 3, "onnxRuntimeDirectory": "/opt/ort", "memoryBytes": 1000 },
              "speech": { "model": "m", "language": "German", "languages": ["en", "french"], "beamSize": 5, "audioContext": "full",
                          "initialPrompt": "p", "hotwords": "h", "streaming": "auto", "fallbackModel": "", },
              "mqtt": { "host": "broker.lan" },
            }
            """);

        ApplianceSettings settings = ConfigurationReader.Read(file, new Hashtable());

        Assert.Equal(["/a", "/b"], settings.Models.Roots);
        Assert.Equal(["cpu"], settings.Inference.Providers);
        Assert.Equal(3, settings.Inference.Threads);
        Assert.Equal("/opt/ort", settings.Inference.OnnxRuntimeDirectory);
        Assert.Equal("m", settings.Speech.Model);
        Assert.Equal("de", settings.Speech.Language);
        Assert.Equal(["en", "fr"], settings.Speech.Languages);
        Assert.Equal(5, settings.Speech.BeamSize);
        Assert.Equal(AudioContext.Full, settings.Speech.AudioContext);
        Assert.Equal("p", settings.Speech.InitialPrompt);
        Assert.Equal("h", settings.Speech.Hotwords);
    }

    [Theory]
    [InlineData("APPLIANCE_SPEECH__BEAMSIZE")]
    [InlineData("appliance_speech__beamSize")]
    public void Read_Environment_WinsOverFileInAnyCase(string variable)
    {
        string file = Write("""{ "speech": { "beamSize": 2 } }""");

        ApplianceSettings settings = ConfigurationReader.Read(file, new Hashtable { [variable] = "4" });

        Assert.Equal(4, settings.Speech.BeamSize);
    }

    [Theory]
    [InlineData("cuda,cpu")]
    [InlineData("[\"cuda\", \"cpu\"]")]
    public void Read_ListInEnvironment_ReplacesTheList(string text)
    {
        ApplianceSettings settings = ConfigurationReader.Read(Write("{}"), new Hashtable { ["APPLIANCE_INFERENCE__PROVIDERS"] = text });

        Assert.Equal(["cuda", "cpu"], settings.Inference.Providers);
    }

    [Fact]
    public void Read_VariableWithoutKey_IsNoSetting() =>
        ConfigurationReader.Read(Write("{}"), new Hashtable { ["APPLIANCE_SHARED"] = "/x", ["APPLIANCE___X"] = "y" });

    [Fact]
    public void Read_SeveralProblems_ListsThemAll()
    {
        string file = Write("""
            { "speech": { "beemSize": 1, "beamSize": 0, "language": "klingon" }, "spech": { "x": 1 }, "inference": 3 }
            """);

        ConfigurationException fault = Assert.Throws<ConfigurationException>(
            () => ConfigurationReader.Read(file, new Hashtable { ["APPLIANCE_INFERENCE__THREADS"] = "many" }));

        Assert.Equal(6, fault.Problems.Count);
        Assert.Contains(fault.Problems, problem => problem.Contains("speech.beemSize: did you mean beamSize?", StringComparison.Ordinal));
        Assert.Contains(fault.Problems, problem => problem.Contains("speech.beamSize must be a whole number from 1", StringComparison.Ordinal));
        Assert.Contains(fault.Problems, problem => problem.Contains("speech.language must be", StringComparison.Ordinal));
        Assert.Contains(fault.Problems, problem => problem.Contains("section spech: did you mean speech?", StringComparison.Ordinal));
        Assert.Contains(fault.Problems, problem => problem.Contains("inference is not a section", StringComparison.Ordinal));
        Assert.Contains(fault.Problems, problem => problem.StartsWith("APPLIANCE_INFERENCE__THREADS: inference.threads must be", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ \"speech\": ", "not valid JSON at line 1")]
    [InlineData("[]", "not a JSON object")]
    public void Read_DamagedFile_SaysWhere(string content, string expected)
    {
        string file = Write(content);

        ConfigurationException fault = Assert.Throws<ConfigurationException>(() => ConfigurationReader.Read(file, new Hashtable()));

        Assert.Contains(expected, Assert.Single(fault.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NamedFileMissing_IsAProblem()
    {
        ConfigurationException fault = Assert.Throws<ConfigurationException>(
            () => ConfigurationReader.Read(Path.Combine(_folder, "none.json"), new Hashtable()));

        Assert.Contains("no such file", Assert.Single(fault.Problems), StringComparison.Ordinal);
    }

    private string Write(string content)
    {
        string file = Path.Combine(_folder, "appliance.json");
        File.WriteAllText(file, content);
        return file;
    }
}
