using System.Text.Json;
using Appliance.Imaging.Denoising.Schedulers;
using Appliance.Imaging.Tests.Golden;

namespace Appliance.Imaging.Tests.Schedulers;

/// <summary>Every list and every loop of shared/golden/imaging/schedulers.</summary>
public sealed class SchedulerGoldenTests
{
    private const int LatentCount = 64;

    public static TheoryData<string> Policies => [.. SchedulerPolicies.Names];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Create_EveryCase_HasTheTimestepsAndSigmas(string policy)
    {
        int compared = 0;
        foreach ((string label, SchedulerConfig config, JsonElement run) in Runs(policy))
        {
            int steps = run.GetProperty("steps").GetInt32();
            if (run.TryGetProperty("error", out _))
            {
                ImagingException problem = Assert.Throws<ImagingException>(() => Create(policy, config, steps));
                Assert.Equal(ImagingError.BadRequest, problem.Code);
                continue;
            }

            IScheduler scheduler = Create(policy, config, steps);
            float[] expected = Floats(run.GetProperty("timesteps"));
            int ulps = policy == "euler-karras" || config.InterpolatesLogarithms || config.UsesKarrasSigmas ? 2 : 0;
            AssertClose(label + " timesteps", expected, scheduler.Timesteps, ulps);
            if (run.TryGetProperty("sigmas_hex", out JsonElement hex))
            {
                byte[] bits = Convert.FromHexString(hex.GetString()!);
                AssertClose(label + " sigmas", GoldenFolder.Values<float>(bits, 0, bits.Length / 4), scheduler.Sigmas, config.InterpolatesLogarithms ? 2 : 0);
            }

            float sigma = (float)run.GetProperty("init_noise_sigma").GetDouble();
            AssertClose(label + " init_noise_sigma", [sigma], [scheduler.InitNoiseSigma], 0);
            compared++;
        }

        Assert.True(compared > 20, $"only {compared} cases were there");
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Step_EveryLoop_FollowsTheReference(string policy)
    {
        byte[] file = File.ReadAllBytes(GoldenFolder.Require("schedulers", policy + ".bin"));
        int compared = 0;
        foreach ((string label, SchedulerConfig config, JsonElement run) in Runs(policy))
        {
            if (!run.TryGetProperty("loop_offset", out JsonElement offset) || offset.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            IScheduler scheduler = Create(policy, config, run.GetProperty("steps").GetInt32());
            int steps = run.GetProperty("loop_steps").GetInt32();
            float[] expected = GoldenFolder.Values<float>(file, offset.GetInt32(), steps * LatentCount);
            Assert.Equal(steps, scheduler.Timesteps.Length);
            double worst = SchedulerLoop.WorstDifference(scheduler, expected);
            Assert.True(worst <= 3e-6, $"{label}: off by {worst:g3} standard deviations");
            compared++;
        }

        Assert.True(compared > 5, $"only {compared} loops were there");
    }

    [Fact]
    public void Create_LcmWithStrength_ShrinksTheOriginalSchedule()
    {
        JsonElement golden = GoldenFolder.Json("schedulers", "lcm.json");
        SchedulerConfig config = Config(golden.GetProperty("cases")[0]);
        foreach (JsonElement item in golden.GetProperty("strength").EnumerateArray())
        {
            SchedulerRun run = new(item.GetProperty("steps").GetInt32(), item.GetProperty("strength").GetDouble(), LatentCount);
            IScheduler scheduler = SchedulerPolicies.Find("lcm").Create(config, run);
            AssertClose(item.ToString(), Floats(item.GetProperty("timesteps")), scheduler.Timesteps, 0);
        }
    }

    [Fact]
    public void FirstStep_EveryStrength_IsTheReferences()
    {
        foreach (JsonElement item in GoldenFolder.Json("schedulers", "misc.json").GetProperty("strength").EnumerateArray())
        {
            int steps = item.GetProperty("steps").GetInt32();
            int kept = steps - new SchedulerRun(steps, item.GetProperty("strength").GetDouble(), LatentCount).FirstStep;
            Assert.Equal(item.GetProperty("kept").GetInt32(), kept);
        }
    }

    [Fact]
    public void AlphasCumulative_StableDiffusion_AreTheReferencesBitForBit()
    {
        byte[] file = File.ReadAllBytes(GoldenFolder.Require("schedulers", "alphas.bin"));
        NoiseSchedule schedule = new(new() { BetaStart = 0.00085, BetaEnd = 0.012, BetaSchedule = BetaSchedule.ScaledLinear }, keepsSigmaFinite: false);
        Assert.Equal(GoldenFolder.Values<float>(file, 0, 1000), schedule.AlphasCumulative.ToArray());
        Assert.Equal(GoldenFolder.Values<float>(file, 4000, 1000), schedule.Sigmas.ToArray());
    }

    [Fact]
    public void Create_StepCountsWhereTheReferenceHasOneTooMany_HaveTheirOwnCount()
    {
        foreach (JsonElement item in GoldenFolder.Json("schedulers", "misc.json").GetProperty("trailing_length_mismatch").EnumerateArray())
        {
            int steps = item[0].GetInt32();
            IScheduler scheduler = Create("ddim", new() { Spacing = TimestepSpacing.Trailing }, steps);
            Assert.Equal(steps, scheduler.Timesteps.Length);
            Assert.True(scheduler.Timesteps[^1] >= 0);
        }
    }

    private static IEnumerable<(string Label, SchedulerConfig Config, JsonElement Run)> Runs(string policy)
    {
        foreach (JsonElement item in GoldenFolder.Json("schedulers", policy + ".json").GetProperty("cases").EnumerateArray())
        {
            SchedulerConfig config = Config(item);
            foreach (JsonElement run in item.GetProperty("runs").EnumerateArray())
            {
                yield return ($"{policy} {item.GetProperty("tag").GetString()} {run.GetProperty("steps").GetInt32()}", config, run);
            }
        }
    }

    private static SchedulerConfig Config(JsonElement item) => SchedulerConfigFile.Parse(item.GetProperty("config"), "golden");

    private static IScheduler Create(string policy, SchedulerConfig config, int steps) =>
        (SchedulerPolicies.MeantBy(config) ?? SchedulerPolicies.Find(policy)).Create(config, new(steps, 1, LatentCount));

    private static float[] Floats(JsonElement list) => [.. list.EnumerateArray().Select(value => (float)value.GetDouble())];

    private static void AssertClose(string label, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, int ulps)
    {
        Assert.True(expected.Length == actual.Length, $"{label}: {actual.Length} values, not {expected.Length}");
        for (int i = 0; i < expected.Length; i++)
        {
            int difference = Math.Abs(BitConverter.SingleToInt32Bits(expected[i]) - BitConverter.SingleToInt32Bits(actual[i]));
            Assert.True(difference <= ulps || expected[i] == actual[i], $"{label}: value {i} is {actual[i]:r}, not {expected[i]:r} ({difference} ulp)");
        }
    }
}
