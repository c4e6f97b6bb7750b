"""The deterministic scorer. Pure; imports ``assistant.form`` only. No model, no network, no clock."""
