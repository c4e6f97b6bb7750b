"""The web page (Streamlit): draws, calls one service, holds no rule; nothing else imports streamlit."""
