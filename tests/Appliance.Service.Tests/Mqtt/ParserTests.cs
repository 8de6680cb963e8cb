using System.Text;
using Appliance.Service.Configuration;
using Appliance.Service.Jobs;
using Appliance.Service.Mqtt;
using Appliance.Service.Mqtt.Commands;

namespace Appliance.Service.Tests.Mqtt;

public sealed class ParserTests
{
    private static readonly Topics Topics = new("edge", "kitchen");
    private static readonly CommandParser Parser = new(new ReplyGuard(Topics, new MqttSettings { ReplyPrefixes = ["lab/answers"] }));

    [Theory]
    [InlineData("edge/kitchen/reply/a", true)]
    [InlineData("edge/kitchen/reply/a/b", true)]
    [InlineData("lab/answers/x", true)]
    [InlineData("edge/kitchen/reply", false)]
    [InlineData("edge/kitchen/reply/", false)]
    [InlineData("edge/other/reply/a", false)]
    [InlineData("edge/kitchen/replyx/a", false)]
    [InlineData("lab/answersx", false)]
    [InlineData("edge/kitchen/reply/+", false)]
    [InlineData("edge/kitchen/reply/#", false)]
    [InlineData("$SYS/x", false)]
    [InlineData("homeassistant/light/x/config", false)]
    [InlineData("edge/kitchen/reply/cmd", false)]
    [InlineData("edge/kitchen/cmd/restart", false)]
    [InlineData("zigbee2mqtt/lock/set", false)]
    [InlineData("edge/fleet/reply/r", false)]
    [InlineData("edge/kitchen/reply/a\u0001", false)]
    public void Reply_GoesWhereItMayOnly(string topic, bool isAllowed)
    {
        bool read = Parser.TryParse(Message($$"""{"id":"a","reply_to":{{System.Text.Json.JsonSerializer.Serialize(topic)}}}"""), out CommandCall? call, out CommandFault? fault);
        Assert.Equal(isAllowed, read);
        if (isAllowed)
        {
            Assert.Equal(topic, call!.ReplyTo);
        }
        else
        {
            Assert.Equal(ErrorCode.Forbidden, fault!.Error.Code);
            Assert.Null(fault.Call.ReplyTo);
            Assert.Equal("a", fault.Call.Id);
        }
    }

    [Fact]
    public void Reply_OfSharedWork_MayGoToTheRequesters() =>
        Assert.True(Parser.TryParse(Message("""{"id":"a","reply_to":"edge/fleet/reply/r"}""") with { IsFleet = true }, out _, out _));

    [Theory]
    [InlineData("{\"id\":\"has space\"}")]
    [InlineData("{\"id\":\"\"}")]
    [InlineData("{\"id\":5}")]
    [InlineData("{\"id\":\"a\",\"id\":\"b\"}")]
    [InlineData("[]")]
    [InlineData("nonsense")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    public void Id_ThatCannotBeRead_IsSaidSo(string payload)
    {
        Assert.False(Parser.TryParse(Message(payload), out _, out CommandFault? fault));
        Assert.False(fault!.HasId);
        Assert.Equal(ErrorCode.BadRequest, fault.Error.Code);
    }

    [Theory]
    [InlineData("""{"id":"a","params":5}""")]
    [InlineData("""{"id":"a","priority":"urgent"}""")]
    [InlineData("""{"id":"a","deadline_ms":0}""")]
    [InlineData("""{"id":"a","deadline_ms":"soon"}""")]
    [InlineData("""{"id":"a","audio":5}""")]
    [InlineData("""{"id":"a","audio":{"data":"AAAA"}}""")]
    [InlineData("""{"id":"a","audio":{"encoding":"base64","data":"%%%"}}""")]
    [InlineData("""{"id":"a","audio":{"stream":"x y"}}""")]
    [InlineData("""{"id":"a","audio":{"stream":"x","width":3}}""")]
    [InlineData("""{"id":"a","audio":{"stream":"x","codec":"mp3"}}""")]
    [InlineData("""{"id":"a","audio":{"stream":"x","rate":10}}""")]
    public void Request_WithAWrongPart_KeepsItsId(string payload)
    {
        Assert.False(Parser.TryParse(Message(payload), out _, out CommandFault? fault));
        Assert.Equal((true, "a", ErrorCode.BadRequest), (fault!.HasId, fault.Call.Id, fault.Error.Code));
    }

    [Fact]
    public void Json_Deep_IsRefused()
    {
        string deep = "{\"params\":" + string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 41);
        Assert.False(Parser.TryParse(Message(deep), out _, out CommandFault? fault));
        Assert.Equal(ErrorCode.BadRequest, fault!.Error.Code);
    }

    [Fact]
    public void Payload_TooLarge_IsRefused()
    {
        Assert.False(Parser.TryParse(Message(new string('x', CommandParser.LargestRequest + 1)), out _, out CommandFault? fault));
        Assert.Equal(ErrorCode.TooLarge, fault!.Error.Code);
    }

    [Fact]
    public void Properties_ThatDisagree_AreRefused()
    {
        CommandMessage message = Message("""{"id":"a","reply_to":"edge/kitchen/reply/a"}""");
        Assert.False(Parser.TryParse(message with { ResponseTopic = "edge/kitchen/reply/b" }, out _, out CommandFault? fault));
        Assert.Equal(ErrorCode.BadRequest, fault!.Error.Code);
        Assert.False(Parser.TryParse(message with { Properties = [new("id", "b")] }, out _, out _));
        Assert.False(Parser.TryParse(message with { Correlation = new byte[65] }, out _, out _));
        Assert.False(Parser.TryParse(message with { Properties = [new("api", "2")] }, out _, out _));
        Assert.True(Parser.TryParse(message with { Properties = [new("api", "1"), new("id", "a")], Correlation = new byte[64], ResponseTopic = "edge/kitchen/reply/a" }, out _, out _));
    }

    [Fact]
    public void Priority_MayBeLoweredOnly()
    {
        JobPriority Of(string priority)
        {
            Assert.True(Parser.TryParse(Message($$"""{"priority":"{{priority}}"}"""), out CommandCall? call, out _));
            return call!.Priority;
        }

        Assert.Equal((JobPriority.Normal, JobPriority.Normal, JobPriority.Batch), (Of("interactive"), Of("normal"), Of("batch")));
    }

    [Fact]
    public void Body_IsTheSameForTheSameWork()
    {
        byte[] Of(string payload)
        {
            Assert.True(Parser.TryParse(Message(payload), out CommandCall? call, out _));
            return call!.Body;
        }

        byte[] body = Of("""{"id":"a","attempt":1,"deadline_ms":5,"params":{"prompt":"x","steps":3}}""");
        Assert.Equal(body, Of("""{"params":{"steps":3,"prompt":"x"},"id":"a","attempt":2,"priority":"batch"}"""));
        Assert.NotEqual(body, Of("""{"id":"a","params":{"prompt":"y","steps":3}}"""));
    }

    [Fact]
    public void Payload_Empty_IsARequestWithoutParameters()
    {
        Assert.True(Parser.TryParse(Message(""), out CommandCall? call, out _));
        Assert.False(call!.HasOwnId);
        Assert.Matches("^[a-z0-9]{32}$", call.Id);
    }

    [Fact]
    public void Garbage_NeverThrows()
    {
        Random random = new(7);
        int count = Environment.GetEnvironmentVariable("APPLIANCE_TEST_FULL") is { Length: > 0 } ? 100_000 : 2_000;
        byte[] seed = Encoding.UTF8.GetBytes("""{"id":"a","params":{"prompt":"x"},"audio":{"encoding":"base64","data":"AAAA"},"reply_to":"edge/kitchen/reply/a"}""");
        for (int i = 0; i < count; i++)
        {
            byte[] bytes = [.. seed];
            for (int changes = random.Next(1, 8); changes > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            bool read = Parser.TryParse(new CommandMessage("generate", bytes.AsMemory(0, random.Next(bytes.Length + 1))), out CommandCall? call, out CommandFault? fault);
            Assert.True(read ? call is not null : fault is not null);
        }
    }

    private static CommandMessage Message(string payload) => new("generate", Encoding.UTF8.GetBytes(payload));
}
