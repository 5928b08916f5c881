"""What people found that punches do not tell: patrols, proxy signing, doubts, attested times."""
