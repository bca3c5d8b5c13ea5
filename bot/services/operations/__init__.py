"""Operations: alerts, approvals, retention, export and import."""
