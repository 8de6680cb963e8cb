using System.Diagnostics.CodeAnalysis;

namespace Appliance.Service.Cli.Options;

/// <summary>Reads a value; false when the text is none.</summary>
internal delegate bool TextParser<T>(string text, [MaybeNullWhen(false)] out T value);
