using System.CommandLine;
using System.Globalization;
using Appliance.Service.Cli.Options;
using Appliance.Service.Configuration;
using Appliance.Speech.Recognition;

namespace Appliance.Service.Cli.Transcribe;

/// <summary>How the best text is looked for.</summary>
internal sealed class SearchOptions : OptionGroup, ITranscriptionOptionGroup
{
    private const int MaximumCandidates = 32;

    /// <inheritdoc/>
    public override string Title => "Search";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [BeamSize, BestOf, Patience, LengthPenalty, SuppressTokens];

    private ValueOption<int> BeamSize { get; } = OptionFactory.WholeNumber("--beam-size", 1, 1, MaximumCandidates,
        "Beams of the search at temperature 0; 1 takes the likeliest token each time.");

    private ValueOption<int> BestOf { get; } = OptionFactory.WholeNumber("--best-of", 1, 1, MaximumCandidates,
        "Candidates drawn at temperatures above 0; the likeliest is kept.");

    private ValueOption<double?> Patience { get; } = OptionFactory.OptionalNumber("--patience", null, 0.01, 10, "1",
        "Beam search ends when this many times the beam size have ended (arXiv 2204.05424). Needs --beam-size above 1.");

    private ValueOption<double?> LengthPenalty { get; } = OptionFactory.OptionalNumber("--length-penalty", null, 0, 1, "none: divide by the length",
        "Alpha of the length penalty (arXiv 1609.08144), 0 to 1.");

    private ValueOption<int[]> SuppressTokens { get; } = new("--suppress-tokens", "IDS", [-1], TryParseTokens)
    {
        Description = "Token ids that are never written, with commas between them; -1 stands for most special characters, an empty text for none.",
        Expected = "whole numbers from -1 with commas between them",
        Default = "-1",
    };

    /// <inheritdoc/>
    public TranscriptionOptions Apply(ParseResult call, SpeechSettings settings, TranscriptionOptions options)
    {
        int beams = BeamSize.Of(call, settings.BeamSize);
        double? patience = Patience.Of(call);
        if (patience is not null && beams == 1)
        {
            throw new CommandException(ExitCode.WrongCall, "--patience has no meaning without beams: add --beam-size 5");
        }

        return options with
        {
            BeamSize = beams,
            BestOf = BestOf.Of(call),
            Patience = patience ?? 1.0,
            LengthPenalty = LengthPenalty.Of(call),
            SuppressTokens = SuppressTokens.Of(call),
        };
    }

    private static bool TryParseTokens(string text, out int[] value)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        value = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value[i]) || value[i] < -1)
            {
                return false;
            }
        }

        return true;
    }
}
