# SPDX-License-Identifier: Apache-2.0
"""Data plane of AWS Transfer Family: SFTP over TCP in front of the emulator's own S3, Lambda, Logs and EventBridge."""
