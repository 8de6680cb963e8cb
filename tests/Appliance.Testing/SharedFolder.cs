namespace Appliance.Testing;

/// <summary>
/// Finds the folder <c>shared</c> beside the checkout. Where it is absent a small part of it takes its place (tests/golden, and the models and
/// the clip below rootfs); tests that need more skip with that reason.
/// </summary>
public static class SharedFolder
{
    /// <summary>Full path, or null.</summary>
    public static string? Path { get; } = Find();

    /// <summary>Path below the folder, or of what takes its place; skips the running test when neither is there.</summary>
    public static string Require(params string[] parts)
    {
        string? path = Path is null ? FindInCheckout(parts) : System.IO.Path.Combine([Path, .. parts]);
        if (path is null)
        {
            Xunit.Assert.Skip("the folder shared/ is not beside this checkout (or set APPLIANCE_SHARED)");
        }

        return path!;
    }

    private static string? FindInCheckout(string[] parts)
    {
        string share = System.IO.Path.Combine(RepositoryFolder.Path, "rootfs", "usr", "share", "appliance");
        string? path = parts switch
        {
            ["models", _, ..] => System.IO.Path.Combine([share, .. parts]),
            ["corpus", "audio", "jfk-11s.flac"] => System.IO.Path.Combine(share, "clips", "jfk.flac"),
            ["golden", ..] => System.IO.Path.Combine([RepositoryFolder.Path, "tests", .. parts]),
            _ => null,
        };
        return System.IO.Path.Exists(path) ? path : null;
    }

    private static string? Find()
    {
        string? named = Environment.GetEnvironmentVariable("APPLIANCE_SHARED");
        if (!string.IsNullOrEmpty(named))
        {
            return Directory.Exists(named) ? named : null;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = System.IO.Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(System.IO.Path.Combine(candidate, "design")))
            {
                return candidate;
            }
        }

        return null;
    }
}
