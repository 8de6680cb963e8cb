using Appliance.Inference.Models;
using Appliance.Service.Configuration;
using Appliance.Service.Jobs;
using Appliance.Service.Jobs.Engines;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Appliance.Service.Tests.Jobs;

/// <summary>Memory for models, with those that come along: whisper-base is reckoned 128 MB, emoji-diffusion 32 MB.</summary>
public sealed class ModelPoolTests
{
    private const string Speech = "whisper-base";
    private const string Image = "emoji-diffusion";
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Rent_MoreThanTheBudget_IsRefusedWhileNothingCanGo()
    {
        using ModelPool pool = Pool(megabytes: 140);
        using SpeechLease speech = pool.RentSpeech(Speech);
        JobException fault = Assert.Throws<JobException>(() => pool.RentImage(Image));
        Assert.Equal(ErrorCode.OutOfMemory, fault.Error.Code);
        Assert.Contains("inference.memoryBytes", fault.Message, StringComparison.Ordinal);
        Assert.Equal([Speech], pool.Loaded.Select(model => model.Name));
    }

    [Fact]
    public void Rent_ConfiguredSpeechModelIdle_StaysAndTheOtherIsRefused()
    {
        using ModelPool pool = Pool(megabytes: 140);
        pool.RentSpeech(Speech).Dispose();
        Assert.Throws<JobException>(() => pool.RentImage(Image));
        Assert.Equal([Speech], pool.Loaded.Select(model => model.Name));
    }

    [Fact]
    public void Rent_OtherModelIdle_MakesRoom()
    {
        using ModelPool pool = Pool(megabytes: 140, speech: "another");
        pool.RentSpeech(Speech).Dispose();
        using ImageLease image = pool.RentImage(Image);
        Assert.Equal([Image], pool.Loaded.Select(model => model.Name));
    }

    [Fact]
    public void Sweep_AfterTenMinutes_UnloadsAllButTheSpeechModel()
    {
        using ModelPool pool = Pool(megabytes: 1000);
        pool.RentSpeech(Speech).Dispose();
        pool.RentImage(Image).Dispose();
        _time.Advance(TimeSpan.FromMinutes(9.9));
        pool.Sweep();
        Assert.Equal(2, pool.Loaded.Count);
        _time.Advance(TimeSpan.FromMinutes(0.1));
        pool.Sweep();
        Assert.Equal([Speech], pool.Loaded.Select(model => model.Name));
    }

    [Fact]
    public void Unload_InUse_IsRefused()
    {
        using ModelPool pool = Pool(megabytes: 1000);
        using (pool.RentImage(Image))
        {
            Assert.Equal(ErrorCode.Busy, Assert.Throws<JobException>(() => pool.Unload(Image, ModelKinds.Diffusion)).Error.Code);
        }

        pool.Unload(Image, ModelKinds.Diffusion);
        Assert.Empty(pool.Loaded);
        Assert.Equal(ErrorCode.UnknownModel, Assert.Throws<JobException>(() => pool.Unload(Image, ModelKinds.Diffusion)).Error.Code);
    }

    [Fact]
    public void Rent_Twice_SharesTheWeightsAndNothingElse()
    {
        using ModelPool pool = Pool(megabytes: 1000);
        using SpeechLease first = pool.RentSpeech(Speech);
        using SpeechLease second = pool.RentSpeech(Speech);
        Assert.NotSame(first.Model, second.Model);
        Assert.Single(pool.Loaded);
    }

    private ModelPool Pool(long megabytes, string speech = Speech)
    {
        ApplianceSettings settings = new() { Inference = new InferenceSettings { MemoryBytes = megabytes * 1_000_000 }, Speech = new SpeechSettings { Model = speech } };
        return new ModelPool(() => settings, _time, NullLogger.Instance);
    }
}
