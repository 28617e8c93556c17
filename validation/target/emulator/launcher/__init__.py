# SPDX-License-Identifier: Apache-2.0
"""Starts MiniStack as the embedded AWS of cdktf-part11: own TLS, own root key, patched towards AWS behaviour."""
