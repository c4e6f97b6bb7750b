"""检查: files in, findings, score sheets and review copies out."""
