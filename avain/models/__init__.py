from avain.models.measurement import Goal, GoalFactor, Measurement, MeasurementMethod

__all__ = ["Goal", "GoalFactor", "Measurement", "MeasurementMethod"]
