"""The shipped tags. Written by `python -m workbench.insight.tags.written --update`; not to be edited."""

from typing import Literal, TypeAlias, TypedDict


class TagValues(TypedDict, total=False):
    """The shipped tags."""

    b_age_band_m0: str | None
    b_birthday_near_d7: int | None
    b_gender_stated_m0: str | None
    b_handover_new_d90: int | None
    b_job_class_m0: str | None
    b_kyc_full_m0: int | None
    b_new_opened_d180: int | None
    b_tenure_band_m0: str | None
    c_active_monthly_m1: int | None
    c_card_triple_m0: int | None
    c_contact_gap_m0: str | None
    c_contact_overdue_m0: int | None
    c_fatigue_contact_d30: int | None
    c_mobile_active_m1: int | None
    c_mobile_quiet_d30: int | None
    c_wecom_friend_m0: int | None
    f_asset_main_m0: str | None
    f_channel_stated_m0: str | None
    f_equity_leaning_m6: int | None
    f_life_school_m6: int | None
    f_liquid_demand_m0: int | None
    f_payment_wallet_m1: int | None
    f_risk_steady_m0: int | None
    f_term_stated_m0: str | None
    g_boss_silent_d0: int | None
    g_fam_band_d0: str | None
    g_fam_change_q1: str | None
    g_per_expert_m0: int | None
    g_per_founder_m0: int | None
    g_per_heir_m0: int | None
    g_per_leader_m0: int | None
    g_per_main_m0: str | None
    g_per_sure_m0: float | None
    g_pot_wealth_m0: int | None
    g_quad_before_q1: str | None
    g_quad_now_d0: str | None
    g_seg_count_m0: int | None
    g_seg_elder_m0: int | None
    g_seg_farm_m0: int | None
    g_seg_main_m0: str | None
    g_seg_owner_m0: int | None
    g_seg_payroll_m0: int | None
    g_seg_trade_m0: int | None
    g_seg_white_m0: int | None
    g_seg_woman_m0: int | None
    g_seg_youth_m0: int | None
    g_size_now_m0: str | None
    g_style_speak_d0: str | None
    g_style_sure_d0: str | None
    g_talk_silent_q1: int | None
    p_annuity_hold_m0: int | None
    p_bloan_hold_m0: int | None
    p_bond_hold_m0: int | None
    p_card_hold_m0: int | None
    p_cd_hold_m0: int | None
    p_cloan_hold_m0: int | None
    p_count_band_m0: str | None
    p_fund_hold_m0: int | None
    p_gold_hold_m0: int | None
    p_loan_only_m0: int | None
    p_matured_since_d0: int | None
    p_maturity_critical_d30: int | None
    p_merchant_hold_m0: int | None
    p_mortgage_hold_m0: int | None
    p_payroll_hold_m0: int | None
    p_pension_hold_m0: int | None
    p_protect_hold_m0: int | None
    p_single_concentrated_m0: int | None
    p_time_hold_m0: int | None
    p_wlow_hold_m0: int | None
    p_wmid_hold_m0: int | None
    r_churn_critical_m0: int | None
    r_churn_fragile_m0: int | None
    r_churn_lit_m0: int | None
    r_churn_mild_m0: int | None
    r_churn_severe_m0: int | None
    r_complaint_open_m0: int | None
    r_complaint_recent_d90: int | None
    r_credit_overdue_m0: int | None
    r_loan_watched_m0: int | None
    r_loss_floating_m0: int | None
    r_refusal_marketing_m0: int | None
    r_senior_legal_m0: int | None
    r_signal_count_m0: int | None
    r_suit_critical_d90: int | None
    r_suit_exceeded_m0: int | None
    r_test_expired_m0: int | None
    r_test_expiring_d30: int | None
    s_activate_short_d180: int | None
    s_contact_week_d7: int | None
    s_first_purchase_d180: int | None
    s_hold_marketing_m0: int | None
    s_idle_sweep_m0: int | None
    s_journey_stage_m0: str | None
    s_maturity_renew_d30: int | None
    s_referral_candidate_d31: int | None
    s_second_purchase_m0: int | None
    s_sell_limit_m0: str | None
    s_target_abcdo_y1: str | None
    s_upgrade_ready_m0: int | None
    s_wake_candidate_m0: int | None
    s_winback_target_m12: int | None
    t_active_recency_d180: str | None
    t_idle_demand_m2: int | None
    t_large_in_d90: int | None
    t_large_out_d90: int | None
    t_merchant_valuable_m0: int | None
    t_pass_through_m1: int | None
    t_payroll_broken_m3: int | None
    t_payroll_high_m3: int | None
    t_payroll_kept_d2: str | None
    t_payroll_steady_m3: int | None
    t_retention_band_m1: str | None
    t_rfm_important_d90: int | None
    t_samename_regular_m3: int | None
    t_season_swing_y1: str | None
    t_settle_anchors_m0: int | None
    v_aum_band_m0: str | None
    v_change_band_m1: str | None
    v_critical_down_m0: int | None
    v_critical_up_m0: int | None
    v_growth_newcomer_m2: int | None
    v_line_met_m0: int | None
    v_line_new_d180: int | None
    v_longtail_hidden_m0: int | None
    v_peak_halved_m6: int | None
    v_peak_past_all: int | None
    v_score_growth_m0: int | None
    v_score_value_m0: int | None
    v_sleep_asleep_m12: int | None
    v_sleep_near_m6: int | None
    v_tier_down_d365: int | None
    v_tier_falling_m0: int | None
    v_tier_rising_m0: int | None
    v_tier_watch_m0: int | None


# fmt: off
TagNumber: TypeAlias = Literal[
    "b_birthday_near_d7", "b_handover_new_d90", "b_kyc_full_m0", "b_new_opened_d180", "c_active_monthly_m1",
    "c_card_triple_m0", "c_contact_overdue_m0", "c_fatigue_contact_d30", "c_mobile_active_m1",
    "c_mobile_quiet_d30", "c_wecom_friend_m0", "f_equity_leaning_m6", "f_life_school_m6",
    "f_liquid_demand_m0", "f_payment_wallet_m1", "f_risk_steady_m0", "g_boss_silent_d0", "g_per_expert_m0",
    "g_per_founder_m0", "g_per_heir_m0", "g_per_leader_m0", "g_per_sure_m0", "g_pot_wealth_m0",
    "g_seg_count_m0", "g_seg_elder_m0", "g_seg_farm_m0", "g_seg_owner_m0", "g_seg_payroll_m0",
    "g_seg_trade_m0", "g_seg_white_m0", "g_seg_woman_m0", "g_seg_youth_m0", "g_talk_silent_q1",
    "p_annuity_hold_m0", "p_bloan_hold_m0", "p_bond_hold_m0", "p_card_hold_m0", "p_cd_hold_m0",
    "p_cloan_hold_m0", "p_fund_hold_m0", "p_gold_hold_m0", "p_loan_only_m0", "p_matured_since_d0",
    "p_maturity_critical_d30", "p_merchant_hold_m0", "p_mortgage_hold_m0", "p_payroll_hold_m0",
    "p_pension_hold_m0", "p_protect_hold_m0", "p_single_concentrated_m0", "p_time_hold_m0",
    "p_wlow_hold_m0", "p_wmid_hold_m0", "r_churn_critical_m0", "r_churn_fragile_m0", "r_churn_lit_m0",
    "r_churn_mild_m0", "r_churn_severe_m0", "r_complaint_open_m0", "r_complaint_recent_d90",
    "r_credit_overdue_m0", "r_loan_watched_m0", "r_loss_floating_m0", "r_refusal_marketing_m0",
    "r_senior_legal_m0", "r_signal_count_m0", "r_suit_critical_d90", "r_suit_exceeded_m0",
    "r_test_expired_m0", "r_test_expiring_d30", "s_activate_short_d180", "s_contact_week_d7",
    "s_first_purchase_d180", "s_hold_marketing_m0", "s_idle_sweep_m0", "s_maturity_renew_d30",
    "s_referral_candidate_d31", "s_second_purchase_m0", "s_upgrade_ready_m0", "s_wake_candidate_m0",
    "s_winback_target_m12", "t_idle_demand_m2", "t_large_in_d90", "t_large_out_d90",
    "t_merchant_valuable_m0", "t_pass_through_m1", "t_payroll_broken_m3", "t_payroll_high_m3",
    "t_payroll_steady_m3", "t_rfm_important_d90", "t_samename_regular_m3", "t_settle_anchors_m0",
    "v_critical_down_m0", "v_critical_up_m0", "v_growth_newcomer_m2", "v_line_met_m0", "v_line_new_d180",
    "v_longtail_hidden_m0", "v_peak_halved_m6", "v_peak_past_all", "v_score_growth_m0", "v_score_value_m0",
    "v_sleep_asleep_m12", "v_sleep_near_m6", "v_tier_down_d365", "v_tier_falling_m0", "v_tier_rising_m0",
    "v_tier_watch_m0",
]
TagText: TypeAlias = Literal[
    "b_age_band_m0", "b_gender_stated_m0", "b_job_class_m0", "b_tenure_band_m0", "c_contact_gap_m0",
    "f_asset_main_m0", "f_channel_stated_m0", "f_term_stated_m0", "g_fam_band_d0", "g_fam_change_q1",
    "g_per_main_m0", "g_quad_before_q1", "g_quad_now_d0", "g_seg_main_m0", "g_size_now_m0",
    "g_style_speak_d0", "g_style_sure_d0", "p_count_band_m0", "s_journey_stage_m0", "s_sell_limit_m0",
    "s_target_abcdo_y1", "t_active_recency_d180", "t_payroll_kept_d2", "t_retention_band_m1",
    "t_season_swing_y1", "v_aum_band_m0", "v_change_band_m1",
]
# fmt: on
