namespace Appliance.Testing.Scripted;

/// <summary>The token that a script wants next.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Logit">Its logit; all others are 0. Of 51865, a logit of 30 is certain, one of 9 has log-probability about -2.</param>
internal readonly record struct ScriptedToken(int Id, float Logit = 30);
